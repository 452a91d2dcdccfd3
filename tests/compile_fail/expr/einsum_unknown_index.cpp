// SPDX-License-Identifier: BSL-1.0
// error: has an index that no operand has
// error: "ij,jk->il"
// error: 'l'
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 2, 3>;
inline constexpr auto B = ramp::variable<"B", 3, 4>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ij,jk->ik">(A, B);
#else
inline constexpr auto c = ramp::einsum<"ij,jk->il">(A, B);
#endif
