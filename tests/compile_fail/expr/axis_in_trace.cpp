// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: there is no such axis
// error: -1\b
// error: Axes are numbered from 0
#include <ramp/ramp.hpp>

#ifdef TWIN
constexpr int last = 0;
#else
constexpr int last = -1;
#endif
inline constexpr auto f =
    ramp::trace<"x">([](auto x) { return slice<last, 0, 2>(x); }, ramp::shaped<3>);
