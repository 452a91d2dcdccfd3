// SPDX-License-Identifier: BSL-1.0
// error: repeat at least once
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::repeat<1>(ramp::variable<"v", 3>);
#else
inline constexpr auto b = ramp::repeat<0>(ramp::variable<"v", 3>);
#endif
