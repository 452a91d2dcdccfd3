// SPDX-License-Identifier: BSL-1.0
// error: is for parameters and the memory of update rules
// error: "w"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto w = ramp::parameter<"w", 3>;
#else
inline constexpr auto w = ramp::input<"w", 3>;
#endif
inline constexpr auto u = (w <<= w + 1);
