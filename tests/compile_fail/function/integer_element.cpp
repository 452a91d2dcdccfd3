// SPDX-License-Identifier: BSL-1.0
// error: programs compute in float or double
#include <ramp/ramp.hpp>

#ifdef TWIN
using number = float;
#else
using number = int;
#endif
inline constexpr auto f = ((void)ramp::compile<number>(ramp::variable<"x"> + 1), 0);
