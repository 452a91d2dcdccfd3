// SPDX-License-Identifier: BSL-1.0
// error: the right side b of solve\(a, b\) is a vector or a matrix
// error: \b3\b.*\b1\b
// error: "many"
// error: "right"
// error: broadcast<...>\(b\)
#include <ramp/ramp.hpp>

inline constexpr auto many = ramp::variable<"many", 5, 3, 3>;
inline constexpr auto right = ramp::variable<"right", 3>;
#ifdef TWIN
inline constexpr auto x = ramp::solve_lower(many, ramp::broadcast<5, 3>(right));
#else
inline constexpr auto x = ramp::solve_lower(many, right);
#endif
