// SPDX-License-Identifier: BSL-1.0
// error: takes an axis of two halves
// error: \b2\b.*\b5\b
// error: "v"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = glu(ramp::variable<"v", 6>);
#else
inline constexpr auto b = glu(ramp::variable<"v", 5>);
#endif
