// SPDX-License-Identifier: BSL-1.0
// error: outputs\(...\) takes expressions
// error: outputs\(f, gradient\(f, wrt\(x\)\)\)
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = ramp::outputs(x * x, ramp::constant<2.0>);
#else
inline constexpr auto f = (ramp::outputs(x * x, 2.0), 0);
#endif
