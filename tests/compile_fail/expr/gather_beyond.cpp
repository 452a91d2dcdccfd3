// SPDX-License-Identifier: BSL-1.0
// error: takes places on the axis, from 0 on
// error: \b6\b.*\b6\b
// error: "v"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::gather<0, 2, 5>(ramp::variable<"v", 6>);
#else
inline constexpr auto b = ramp::gather<0, 2, 6>(ramp::variable<"v", 6>);
#endif
