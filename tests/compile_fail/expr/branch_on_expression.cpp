// SPDX-License-Identifier: BSL-1.0
// error: an expression has no truth value
// error: Write where\(condition, a, b\)
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = where(x > 0, x, -x);
#else
inline constexpr int f = x > 0 ? 1 : -1;
#endif
