// SPDX-License-Identifier: BSL-1.0
// error: an operand is neither an expression nor a number
// error: made from variable
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = x + 1.0;
#else
inline constexpr auto f = x + "1.0";
#endif
