// SPDX-License-Identifier: BSL-1.0
// error: at most 4 together
// error: \b5\b
// error: "a"
// error: "places"
#include <ramp/ramp.hpp>

inline constexpr auto a = ramp::variable<"a", 2, 3, 2, 2>;
#ifdef TWIN
inline constexpr auto places = ramp::variable<"places">;
inline constexpr auto b = ramp::gather<1>(a, places);
#else
inline constexpr auto places = ramp::variable<"places", 2, 2>;
inline constexpr auto b = ramp::gather<1>(a, places);
#endif
