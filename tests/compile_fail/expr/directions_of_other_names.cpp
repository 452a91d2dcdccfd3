// SPDX-License-Identifier: BSL-1.0
// error: directions that all have one expression for each name
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto y = ramp::variable<"y">;
#ifdef TWIN
inline constexpr auto two = ramp::lexicographic(ramp::directional(x, y), ramp::directional(y, x));
#else
inline constexpr auto two = ramp::lexicographic(ramp::directional(x, y), ramp::directional(y));
#endif
inline constexpr auto g = gradient(max(x, y), wrt(x, y), two);
