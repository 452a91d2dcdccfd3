// SPDX-License-Identifier: BSL-1.0
// error: directional\(v\), lexicographic and interval are policies of gradient
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto g = jacobian(relu(v), wrt(v), ramp::symmetric);
#else
inline constexpr auto g = jacobian(relu(v), wrt(v), ramp::lexicographic);
#endif
