// SPDX-License-Identifier: BSL-1.0
// error: takes expressions, then at most one policy, or a lambda
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto f = ramp::compile(ramp::constant<2.0>);
#else
inline constexpr auto f = (ramp::compile(2.0), 0);
#endif
