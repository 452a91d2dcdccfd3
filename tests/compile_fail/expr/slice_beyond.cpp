// SPDX-License-Identifier: BSL-1.0
// error: reads beyond the axis
// error: \b5\b.*\b5\b
// error: "a"
// error: the extent of the axis
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::slice<0, 2, 3>(ramp::variable<"a", 5>);
#else
inline constexpr auto b = ramp::slice<0, 2, 4>(ramp::variable<"a", 5>);
#endif
