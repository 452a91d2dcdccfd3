// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/exp.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {

/// The hyperbolic tangent, from e^(-2|x|) - 1, which cannot overflow and does not cancel.
/// tanh(-0) = -0, tanh(+-inf) = +-1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T tanh(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (abs(x) == format<T>::infinity) return copysign(T(1), x);
    }
  }
  T const e = detail::expm1_normal(abs(x) * T(-2));
  return copysign(e / (e + T(2)), x);
}

/// The logistic function 1 / (1 + e^-x); keeps its relative accuracy for large negative x.
/// sigmoid(0) = 1/2, sigmoid(-inf) = 0, sigmoid(inf) = 1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T sigmoid(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const e = exp(-abs(x));
  return select(x < T(0), e, T(1)) / (T(1) + e);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
