// SPDX-License-Identifier: BSL-1.0
// error: takes one lambda and at most one policy
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto square = [] { return x * x; };

#ifdef TWIN
inline constexpr auto f = ramp::compile(square, ramp::symmetric);
#else
inline constexpr auto f = ramp::compile(square, 3 * x);
#endif
