// SPDX-License-Identifier: BSL-1.0
// error: one name stands for two different things
// error: named<.*"x"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto other = ramp::variable<"x", 3>;
#else
inline constexpr auto other = ramp::variable<"x", 4>;
#endif
inline constexpr auto f = ((void)ramp::compile(sum(ramp::variable<"x", 3>) + sum(other)), 0);
