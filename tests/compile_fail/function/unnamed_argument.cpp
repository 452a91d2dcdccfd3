// SPDX-License-Identifier: BSL-1.0
// error: is called with named values, as in f\(x = 0.3\)
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(x + 1);
#ifdef TWIN
inline constexpr auto y = f(x = 1.0);
#else
inline constexpr auto y = (f(1.0), 0);
#endif
