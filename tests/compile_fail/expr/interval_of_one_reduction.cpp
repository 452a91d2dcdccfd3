// SPDX-License-Identifier: BSL-1.0
// error: directional\(v\), lexicographic and interval are policies of gradient
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto f = max(v, ramp::symmetric) + norm1(v, ramp::symmetric);
#else
inline constexpr auto f = max(v, ramp::interval);
#endif
