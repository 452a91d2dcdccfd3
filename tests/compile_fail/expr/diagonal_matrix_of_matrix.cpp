// SPDX-License-Identifier: BSL-1.0
// error: diagonal_matrix\(v\) takes a vector
// error: \b2\b
// error: "A"
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = diagonal_matrix(ramp::variable<"A", 3>);
#else
inline constexpr auto b = diagonal_matrix(ramp::variable<"A", 3, 3>);
#endif
