// SPDX-License-Identifier: BSL-1.0
// error: smooth<width> takes a positive width, as in smooth<0.1>
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto g = gradient(relu(x), wrt(x), ramp::smooth<0.1>);
#else
inline constexpr auto g = gradient(relu(x), wrt(x), ramp::smooth<0.0>);
#endif
