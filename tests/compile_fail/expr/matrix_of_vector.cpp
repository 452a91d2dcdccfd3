// SPDX-License-Identifier: BSL-1.0
// error: this function is one of matrices
// error: \b1\b
// error: "v"
// error: Use reshape
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 4>;
#ifdef TWIN
inline constexpr auto d = ramp::determinant(ramp::reshape<2, 2>(v));
#else
inline constexpr auto d = ramp::determinant(v);
#endif
