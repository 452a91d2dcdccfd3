// SPDX-License-Identifier: BSL-1.0
// error: an update `w <<= e` has the shape of w or is a scalar.*Use sum
// error: fixed_string<2>\{"n"\}
// error: fixed_string<2>\{"v"\}.* 3>
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto v = variable<"v", 3>;

#ifdef TWIN
inline constexpr auto next = (state<"n"> <<= sum(v));
#else
inline constexpr auto next = (state<"n"> <<= v);
#endif
