// SPDX-License-Identifier: BSL-1.0
// error: keeps the number of elements
// error: \b12\b.*\b10\b
// error: "a"
#include <ramp/ramp.hpp>

inline constexpr auto a = ramp::variable<"a", 3, 4>;
#ifdef TWIN
inline constexpr auto b = ramp::reshape<2, 6>(a);
#else
inline constexpr auto b = ramp::reshape<2, 5>(a);
#endif
