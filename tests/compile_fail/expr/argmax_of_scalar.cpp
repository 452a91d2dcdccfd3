// SPDX-License-Identifier: BSL-1.0
// error: tell the place of an element
// error: "x"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = argmax(ramp::variable<"x", 3>);
#else
inline constexpr auto b = argmax(ramp::variable<"x">);
#endif
