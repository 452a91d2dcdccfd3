// SPDX-License-Identifier: BSL-1.0
// error: takes up to 6 different indices
// error: \b7\b
#include <ramp/ramp.hpp>

inline constexpr auto T = ramp::variable<"T", 2, 2, 2>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ijk,klm->ij">(T, T);
#else
inline constexpr auto c = ramp::einsum<"ijk,klm,mno->ij">(T, T, T);
#endif
