// SPDX-License-Identifier: BSL-1.0
// error: has a number for every element
// error: \b2\b\D+\b3\b
// error: "v"
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto bound = (v = {1, 2.5, 3});
#else
inline constexpr auto bound = (v = {1, 2.5});
#endif
