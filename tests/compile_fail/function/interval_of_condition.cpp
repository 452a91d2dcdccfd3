// SPDX-License-Identifier: BSL-1.0
// error: takes locally Lipschitz operations
// error: less
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = where(x > 0.0, x, 2.0 * x);
#else
inline constexpr auto f = (x > 0.0) * x;
#endif
inline constexpr auto g = ramp::compile(gradient(f, wrt(x), ramp::interval));
