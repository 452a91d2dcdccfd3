// SPDX-License-Identifier: BSL-1.0
// error: has at most 4 indices
// error: \b6\b
#include <ramp/ramp.hpp>

inline constexpr auto T = ramp::variable<"T", 2, 2, 2>;
#ifdef TWIN
inline constexpr auto c = ramp::einsum<"ijk,lmn->ijkl">(T, T);
#else
inline constexpr auto c = ramp::einsum<"ijk,lmn">(T, T);
#endif
