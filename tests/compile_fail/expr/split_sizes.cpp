// SPDX-License-Identifier: BSL-1.0
// error: makes parts of these sizes
// error: \b5\b.*\b6\b
// error: "v"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto parts = ramp::split<2, 4>(ramp::variable<"v", 6>);
#else
inline constexpr auto parts = ramp::split<2, 3>(ramp::variable<"v", 6>);
#endif
