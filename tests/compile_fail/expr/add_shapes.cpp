// SPDX-License-Identifier: BSL-1.0
// error: elementwise operands need the same shape
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
// error: Use slice, broadcast<...>\(x\)
#include <ramp/ramp.hpp>

#ifdef TWIN
constexpr int size = 3;
#else
constexpr int size = 4;
#endif

inline constexpr auto sum = ramp::variable<"left", 3> + ramp::variable<"right", size>;
