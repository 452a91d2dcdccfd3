// SPDX-License-Identifier: BSL-1.0
// error: wrt\(...\) takes names
// error: "x"
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto g = derivative(sin(x), wrt(x));
#else
inline constexpr auto g = derivative(sin(x), wrt(x + x));
#endif
