// SPDX-License-Identifier: BSL-1.0
// error: binds a name more than once
// error: "x"
// error: Leave all but one out
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(x + 1);
#ifdef TWIN
inline constexpr auto y = f(x = 1.0);
#else
inline constexpr auto y = (f(x = 1.0, x = 2.0), 0);
#endif
