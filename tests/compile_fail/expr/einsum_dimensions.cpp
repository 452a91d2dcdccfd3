// SPDX-License-Identifier: BSL-1.0
// error: one index for each dimension of an operand
// error: \b3\b.*\b2\b
// error: "B"
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 2, 3>;
inline constexpr auto B = ramp::variable<"B", 3, 4>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ij,jk->ik">(A, B);
#else
inline constexpr auto c = ramp::einsum<"ij,jkl->ik">(A, B);
#endif
