// SPDX-License-Identifier: BSL-1.0
// error: has as many rows as a
// error: \b3\b.*\b2\b
// error: "left"
// error: "right"
// error: Use transpose
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 3, 3>;
inline constexpr auto right = ramp::variable<"right", 2, 3>;
#ifdef TWIN
inline constexpr auto x = ramp::solve(left, transpose(right));
#else
inline constexpr auto x = ramp::solve(left, right);
#endif
