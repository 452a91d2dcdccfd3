// SPDX-License-Identifier: BSL-1.0
// error: binds a name that the function does not have
// error: "z"
// error: Leave it out or correct it
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto z = ramp::variable<"z">;
inline constexpr auto f = ramp::compile(x + 1);
#ifdef TWIN
inline constexpr auto y = f(x = 1.0);
#else
inline constexpr auto y = (f(x = 1.0, z = 2.0), 0);
#endif
