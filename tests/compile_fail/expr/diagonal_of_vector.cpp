// SPDX-License-Identifier: BSL-1.0
// error: this is for matrices
// error: \b1\b
// error: "v"
// error: diagonal_matrix\(v\)
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = diagonal(ramp::variable<"v", 3, 3>);
#else
inline constexpr auto b = diagonal(ramp::variable<"v", 3>);
#endif
