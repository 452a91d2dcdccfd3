// SPDX-License-Identifier: BSL-1.0
// error: divide by the number of elements less the correction
// error: \b1\b.*\b1\b
// error: "A"
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 3, 1>;
#ifdef TWIN
inline constexpr auto b = ramp::variance<1>(A, ramp::axis<0>);
#else
inline constexpr auto b = ramp::variance<1>(A, ramp::axis<1>);
#endif
