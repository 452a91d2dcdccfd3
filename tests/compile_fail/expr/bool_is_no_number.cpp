// SPDX-License-Identifier: BSL-1.0
// error: a bool or a character is not a number
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = x * 1;
#else
inline constexpr auto f = x * true;
#endif
