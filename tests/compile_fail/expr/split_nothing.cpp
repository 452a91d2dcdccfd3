// SPDX-License-Identifier: BSL-1.0
// error: takes positive numbers
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto parts = ramp::split<2, 4>(ramp::variable<"v", 6>);
#else
inline constexpr auto parts = ramp::split<0, 6>(ramp::variable<"v", 6>);
#endif
