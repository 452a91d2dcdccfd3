// SPDX-License-Identifier: BSL-1.0
// error: takes locally Lipschitz operations
// error: gate
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto y = ramp::variable<"y">;
#ifdef TWIN
inline constexpr auto f = gradient(sin(x * y), wrt(x));
#else
inline constexpr auto f = gradient(relu(x * y), wrt(x));
#endif
inline constexpr auto g = ramp::compile(gradient(f, wrt(y), ramp::interval));
