// SPDX-License-Identifier: BSL-1.0
// error: repeats a along new axes in front
// error: "a"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::broadcast<4, 3>(ramp::variable<"a", 3>);
#else
inline constexpr auto b = ramp::broadcast<3, 4>(ramp::variable<"a", 3>);
#endif
