// SPDX-License-Identifier: BSL-1.0
// error: binds no value to a name that the function needs
// error: "y"
// error: Add it to the call
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto y = ramp::variable<"y">;
inline constexpr auto f = ramp::compile(x + y);
#ifdef TWIN
inline constexpr auto z = f(x = 1.0, y = 2.0);
#else
inline constexpr auto z = (f(x = 1.0), 0);
#endif
