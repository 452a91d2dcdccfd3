// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/log.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {

namespace detail {

// (tanh(x) - x) / x^3 in powers of x^2 up to `limit`; relative error of tanh 2^-30 and 2^-55.
template <typename Lane>
struct tanh_data;

template <>
struct tanh_data<float> {
  static constexpr float limit = 0.55f;
  static constexpr float c[] = {-0x1.55554ap-2f, 0x1.110cfep-3f, -0x1.b922ccp-5f, 0x1.5912c4p-6f,
                                -0x1.9a5224p-8f};
};

template <>
struct tanh_data<double> {
  static constexpr double limit = 0.55;
  static constexpr double c[] = {
      -0x1.555555555549ap-2,  0x1.111111110257cp-3, -0x1.ba1ba1ad4187fp-5,  0x1.664f45b9fc80cp-6,
      -0x1.226ddc5ab5231p-7,  0x1.d6c5ffc7607ep-9,  -0x1.7cf294b0df25ap-10, 0x1.2f9b9dbb8c907p-11,
      -0x1.b8dc350cc0f6dp-13, 0x1.ab8232e6944cp-15};
};

}  // namespace detail

/// The hyperbolic tangent: a polynomial near zero and 1 - 2 / (e^(2|x|) + 1) elsewhere, where
/// the errors of the quotient count for little. tanh(-0) = -0, tanh(+-inf) = +-1.
/// Within 1.6 ulp in float, 1.6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T tanh(T x) {
  using data = detail::tanh_data<lane_t<T>>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (abs(x) > 40) return copysign(T(1), x);  // before the exponential overflows
    }
  }
  T const a = abs(x);
  T const z = a * a;
  T const near = fma(a * z, polynomial(z, data::c), a);
  T const far = T(1) - T(2) / (exp(a + a) + T(1));
  return copysign(select(a < T(data::limit), near, far), x);
}

/// The logistic function 1 / (1 + e^-x); keeps its relative accuracy for large negative x.
/// sigmoid(0) = 1/2, sigmoid(-inf) = 0, sigmoid(inf) = 1.
/// Within 2.5 ulp in float, 2.5 in double.
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
/// Within 1.7 ulp in float, 1.7 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T softplus(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  return max(T(0), x) + log1p(exp(-abs(x)));
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
