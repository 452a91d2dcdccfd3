// SPDX-License-Identifier: BSL-1.0
// error: only an expression has a derivative
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto g = ramp::gradient(ramp::constant<2.0>, wrt(x));
#else
inline constexpr auto g = ramp::gradient(2.0, wrt(x));
#endif
