// SPDX-License-Identifier: BSL-1.0
// error: there is no such axis
// error: \b2\b.*\b2\b
// error: "a"
// error: Axes are numbered from 0
#include <ramp/ramp.hpp>

inline constexpr auto a = ramp::variable<"a", 3, 4>;
#ifdef TWIN
inline constexpr auto b = sum(a, ramp::axis<1>);
#else
inline constexpr auto b = sum(a, ramp::axis<2>);
#endif
