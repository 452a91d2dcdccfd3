// SPDX-License-Identifier: BSL-1.0
// error: trace\(A\) takes a square matrix
// error: \b2\b.*\b3\b
// error: "A"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = trace(ramp::variable<"A", 3, 3>);
#else
inline constexpr auto b = trace(ramp::variable<"A", 2, 3>);
#endif
