// SPDX-License-Identifier: BSL-1.0
// error: bound to a value of another size
// error: \b4\b.*\b3\b
// error: "v"
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
inline constexpr auto f = ramp::compile(v + 1);
#ifdef TWIN
inline constexpr auto y = f(v = {1.0, 2.0, 3.0});
#else
inline constexpr auto y = (f(v = {1.0, 2.0, 3.0, 4.0}), 0);
#endif
