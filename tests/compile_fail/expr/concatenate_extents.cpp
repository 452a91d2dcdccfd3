// SPDX-License-Identifier: BSL-1.0
// error: concatenate joins tensors that differ in the extent of one axis only
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
// error: Use slice or another axis
#include <ramp/ramp.hpp>

inline constexpr auto left = ramp::variable<"left", 2, 3>;
inline constexpr auto right = ramp::variable<"right", 2, 4>;
#ifdef TWIN
inline constexpr auto both = concatenate(ramp::axis<1>, left, right);
#else
inline constexpr auto both = concatenate(left, right);
#endif
