// SPDX-License-Identifier: BSL-1.0
// error: directional\(v\), lexicographic and interval are policies of gradient
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = relu(x, ramp::symmetric);
#else
inline constexpr auto f = relu(x, ramp::directional(1.0));
#endif
