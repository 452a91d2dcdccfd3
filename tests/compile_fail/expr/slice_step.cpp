// SPDX-License-Identifier: BSL-1.0
// error: its step is not 0
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::slice<0, 2, 3, 1>(ramp::variable<"a", 5>);
#else
inline constexpr auto b = ramp::slice<0, 2, 3, 0>(ramp::variable<"a", 5>);
#endif
