// SPDX-License-Identifier: BSL-1.0
// error: the call binds a name that is something else in the function
// error: "v".*variable, 0, 2>.*"v".*variable, 0, 3>
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
inline constexpr auto f = ramp::compile(v + 1);
#ifdef TWIN
inline constexpr auto y = f(v = {1.0, 2.0, 3.0});
#else
inline constexpr auto y = (f(ramp::variable<"v", 2> = {1.0, 2.0}), 0);
#endif
