// SPDX-License-Identifier: BSL-1.0
// error: elementwise operands need the same number of dimensions
// error: \b1\b.*\b2\b
// error: "left"
// error: "right"
// error: Use reshape
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 3>;
inline constexpr auto right = ramp::variable<"right", 3, 3>;
#ifdef TWIN
inline constexpr auto sum = left + left * right;
#else
inline constexpr auto sum = left + right;
#endif
