// SPDX-License-Identifier: BSL-1.0
// error: ends beyond the axis
// error: \b6\b.*\b5\b
// error: "a"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::slice<0, 2, 3>(ramp::variable<"a", 5>);
#else
inline constexpr auto b = ramp::slice<0, 2, 4>(ramp::variable<"a", 5>);
#endif
