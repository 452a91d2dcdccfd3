// SPDX-License-Identifier: BSL-1.0
// error: takes locally Lipschitz operations
// error: floor
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = abs(x) * x;
#else
inline constexpr auto f = floor(x) * x;
#endif
inline constexpr auto g = ramp::compile(gradient(f, wrt(x), ramp::interval));
