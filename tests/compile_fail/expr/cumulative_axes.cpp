// SPDX-License-Identifier: BSL-1.0
// error: this function runs along one axis
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::cumulative_sum(ramp::variable<"A", 3, 2>, ramp::axis<0>);
#else
inline constexpr auto b = ramp::cumulative_sum(ramp::variable<"A", 3, 2>, ramp::axis<0, 1>);
#endif
