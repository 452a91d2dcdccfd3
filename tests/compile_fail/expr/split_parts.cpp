// SPDX-License-Identifier: BSL-1.0
// error: split<parts>\(a\) makes equal parts
// error: \b4\b.*\b6\b
// error: "v"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto parts = ramp::split<3>(ramp::variable<"v", 6>);
#else
inline constexpr auto parts = ramp::split<4>(ramp::variable<"v", 6>);
#endif
