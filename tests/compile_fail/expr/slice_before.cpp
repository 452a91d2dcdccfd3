// SPDX-License-Identifier: BSL-1.0
// error: reads beyond the axis
// error: -2.*\b5\b
// error: "a"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::slice<0, 4, 3, -2>(ramp::variable<"a", 5>);
#else
inline constexpr auto b = ramp::slice<0, 4, 4, -2>(ramp::variable<"a", 5>);
#endif
