// SPDX-License-Identifier: BSL-1.0
// error: a program has one subgradient policy
// error: relu\(x, at_zero<1.0>\)
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = ramp::compile(relu(x), ramp::symmetric);
#else
inline constexpr auto f = ramp::compile(relu(x), ramp::symmetric, ramp::at_zero<1.0>);
#endif
