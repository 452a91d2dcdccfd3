// SPDX-License-Identifier: BSL-1.0
// error: calls f with a value for each name
// error: 2\b
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto f = ramp::trace<"x", "y">([](auto x, auto y) { return x * y; });
#else
inline constexpr auto f = (ramp::trace<"x", "y">([](auto x) { return x * x; }), 0);
#endif
