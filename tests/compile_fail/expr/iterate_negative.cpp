// SPDX-License-Identifier: BSL-1.0
// error: applies f count times, 0 or more
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto c = ramp::iterate<2>([](auto x) { return x * x; }, ramp::variable<"x">);
#else
inline constexpr auto c = ramp::iterate<-1>([](auto x) { return x * x; }, ramp::variable<"x">);
#endif
