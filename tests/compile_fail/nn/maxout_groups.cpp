// SPDX-License-Identifier: BSL-1.0
// error: takes an axis of two halves
// error: \b4\b.*\b6\b
// error: "v"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::maxout<3>(ramp::variable<"v", 6>);
#else
inline constexpr auto b = ramp::maxout<4>(ramp::variable<"v", 6>);
#endif
