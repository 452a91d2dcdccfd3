// SPDX-License-Identifier: BSL-1.0
// error: stands for dimensions of one extent
// error: 'j'
// error: \b3\b.*\b4\b
// error: "ij,kj->ik"
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 2, 3>;
inline constexpr auto B = ramp::variable<"B", 3, 4>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ij,jk->ik">(A, B);
#else
inline constexpr auto c = ramp::einsum<"ij,kj->ik">(A, B);
#endif
