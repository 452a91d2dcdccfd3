// SPDX-License-Identifier: BSL-1.0
// error: takes several expressions
// error: "v"
#include <ramp/ramp.hpp>

inline constexpr auto add = [](auto a, auto b) { return a + sum(b); };
#ifdef TWIN
inline constexpr auto c = fold(ramp::split<2>(ramp::variable<"v", 2>), 0.0, add);
#else
inline constexpr auto c = fold(ramp::variable<"v", 2>, 0.0, add);
#endif
