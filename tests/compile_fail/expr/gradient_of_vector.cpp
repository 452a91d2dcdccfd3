// SPDX-License-Identifier: BSL-1.0
// error: needs a scalar f
// error: Dimensions = 1|, 1>
// error: "x"
// error: Use jacobian
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x", 3>;
#ifdef TWIN
inline constexpr auto g = gradient(sum(sin(x)), wrt(x));
#else
inline constexpr auto g = gradient(sin(x), wrt(x));
#endif
