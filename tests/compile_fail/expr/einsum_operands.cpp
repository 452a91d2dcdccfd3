// SPDX-License-Identifier: BSL-1.0
// error: as many operands as it has indices for
// error: \b3\b.*\b2\b
#include <ramp/ramp.hpp>

inline constexpr auto A = ramp::variable<"A", 2, 3>;
inline constexpr auto B = ramp::variable<"B", 3, 4>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ij,jk->ik">(A, B);
#else
inline constexpr auto c = ramp::einsum<"ij,jk,kl->il">(A, B);
#endif
