// SPDX-License-Identifier: BSL-1.0
// error: a direction has the shape of its name
// error: "v"
// error: , 3, 4>|Wanted = 3; int Given = 4
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto d = ramp::variable<"d", 3>;
#else
inline constexpr auto d = ramp::variable<"d", 4>;
#endif
inline constexpr auto g = gradient(max(v), wrt(v), ramp::directional(d));
