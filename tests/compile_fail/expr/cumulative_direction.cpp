// SPDX-License-Identifier: BSL-1.0
// error: begins with the first element for 1
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::cumulative_sum<-1>(ramp::variable<"v", 3>);
#else
inline constexpr auto b = ramp::cumulative_sum<2>(ramp::variable<"v", 3>);
#endif
