// SPDX-License-Identifier: BSL-1.0
// error: adds zeros, so neither number is negative
// error: Use slice
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::pad<0, 2, 1>(ramp::variable<"a", 5>);
#else
inline constexpr auto b = ramp::pad<0, 2, -1>(ramp::variable<"a", 5>);
#endif
