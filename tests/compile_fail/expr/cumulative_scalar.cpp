// SPDX-License-Identifier: BSL-1.0
// error: the operand is a scalar, which has none
// error: "x"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = cumulative_sum(ramp::variable<"x", 3>);
#else
inline constexpr auto b = cumulative_sum(ramp::variable<"x">);
#endif
