// SPDX-License-Identifier: BSL-1.0
// error: stack takes tensors of one shape; the two numbers are their dimensions
// error: \b1\b.*\b0\b
// error: "left"
// error: "right"
// error: concatenate joins
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 3>;
#ifdef TWIN
inline constexpr auto right = ramp::variable<"right", 3>;
inline constexpr auto both = stack(left, right);
#else
inline constexpr auto right = ramp::variable<"right">;
inline constexpr auto both = stack(left, right);
#endif
