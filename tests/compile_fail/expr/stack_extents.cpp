// SPDX-License-Identifier: BSL-1.0
// error: the two numbers are extents that differ
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 2, 3>;
#ifdef TWIN
inline constexpr auto right = ramp::variable<"right", 2, 3>;
inline constexpr auto both = stack(left, right);
#else
inline constexpr auto right = ramp::variable<"right", 2, 4>;
inline constexpr auto both = stack(left, right);
#endif
