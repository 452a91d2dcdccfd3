// SPDX-License-Identifier: BSL-1.0
// error: dot\(a, b\) takes two vectors of one length
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
// error: Use slice
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 3>;
inline constexpr auto right = ramp::variable<"right", 4>;
#ifdef TWIN
inline constexpr auto product = dot(left, ramp::slice<0, 1, 3>(right));
#else
inline constexpr auto product = dot(left, right);
#endif
