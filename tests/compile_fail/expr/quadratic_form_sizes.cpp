// SPDX-License-Identifier: BSL-1.0
// error: quadratic_form\(A, x\) takes a square matrix
// error: \b3\b.*\b3\b.*\b2\b
// error: "A"
// error: "x"
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 3, 3>;
#ifdef TWIN
inline constexpr auto x = ramp::variable<"x", 3>;
inline constexpr auto b = quadratic_form(A, x);
#else
inline constexpr auto x = ramp::variable<"x", 2>;
inline constexpr auto b = quadratic_form(A, x);
#endif
