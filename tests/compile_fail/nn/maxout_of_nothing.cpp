// SPDX-License-Identifier: BSL-1.0
// error: the largest of at least one element
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::maxout<1>(ramp::variable<"v", 6>);
#else
inline constexpr auto b = ramp::maxout<0>(ramp::variable<"v", 6>);
#endif
