// SPDX-License-Identifier: BSL-1.0
// error: a \* b of two vectors is their elementwise product
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
// error: outer\(a, b\)
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 3>;
inline constexpr auto right = ramp::variable<"right", 4>;
#ifdef TWIN
inline constexpr auto product = outer(left, right);
#else
inline constexpr auto product = left * right;
#endif
