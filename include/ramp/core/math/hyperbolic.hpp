// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/log.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {

/// The hyperbolic tangent: with e = e^(2|x|) - 1 it is e / (e + 2) near zero and 1 - 2 / (e + 2)
/// elsewhere, where the errors of the quotient count for less.
/// tanh(-0) = -0, tanh(+-inf) = +-1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T tanh(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (abs(x) > 40) return copysign(T(1), x);  // before e overflows
    }
  }
  T const a = abs(x);
  T const e = detail::expm1_normal(a * T(2));
  auto const near = a < T(lane_t<T>(0.55));
  T const q = select(near, e, T(2)) / (e + T(2));
  return copysign(select(near, q, T(1) - q), x);
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

/// ln(1 + e^x), the antiderivative of the sigmoid; tends to x above and to e^x below.
/// softplus(0) = ln 2, softplus(-inf) = 0, softplus(inf) = inf.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T softplus(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  return max(T(0), x) + log1p(exp(-abs(x)));
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
