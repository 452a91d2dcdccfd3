// SPDX-License-Identifier: BSL-1.0
// error: x = \{...\} takes numbers, and this is none
// error: "v"
// error: char
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
inline constexpr auto f = ramp::compile(v + 1);
#ifdef TWIN
inline constexpr auto y = f(v = {1.0, 2, 3.0f});
#else
inline constexpr auto y = (f(v = {1.0, '2', 3.0f}), 0);
#endif
