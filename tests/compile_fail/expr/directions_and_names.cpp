// SPDX-License-Identifier: BSL-1.0
// error: one direction for each name
// error: Names = 2; int Given = 1|<2, 1>
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto y = ramp::variable<"y">;
#ifdef TWIN
inline constexpr auto g = gradient(max(x, y), wrt(x, y), ramp::directional(1.0, y));
#else
inline constexpr auto g = gradient(max(x, y), wrt(x, y), ramp::directional(1.0));
#endif
