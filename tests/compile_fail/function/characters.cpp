// SPDX-License-Identifier: BSL-1.0
// error: a name is bound to a number, std::array, array, span, vector
// error: a bool or a character is not a number
// error: string
#include <ramp/ramp.hpp>

#include <string>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(x + 1);
#ifdef TWIN
inline auto const y = f(x = std::stod("0.3"));
#else
inline auto const y = (f(x = std::string("0.3")), 0);
#endif
