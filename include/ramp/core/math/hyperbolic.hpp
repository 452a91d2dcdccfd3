// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
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

// (sinh(r) - r) / r^3 and (cosh(r) - 1 - r^2 / 2) / r^4 in powers of r^2 for |r| <= ln 2 / 2;
// relative errors 2^-34 and 2^-32 of the results, 2^-61 and 2^-69 in double.
// Beyond max_argument both overflow.
template <typename Lane>
struct hyperbolic_data;

template <>
struct hyperbolic_data<float> {
  static constexpr float max_argument = 0x1.65a9f8p6f, beyond = 90.0f;
  static constexpr float sinh[] = {0x1.555556p-3f, 0x1.110fbep-7f, 0x1.a2e2f4p-13f};
  static constexpr float cosh[] = {0x1.5554f4p-5f, 0x1.6d3f62p-10f};
};

template <>
struct hyperbolic_data<double> {
  static constexpr double max_argument = 0x1.633ce8fb9f87dp9, beyond = 711.0;
  static constexpr double sinh[] = {0x1.5555555555558p-3, 0x1.111111110fa54p-7,
                                    0x1.a01a01aeac011p-13, 0x1.71ddfb05bdd79p-19,
                                    0x1.af5a8c556a167p-26};
  static constexpr double cosh[] = {0x1.5555555555556p-5, 0x1.6c16c16c15db9p-10,
                                    0x1.a01a01a95a3f3p-16, 0x1.27e4d48512f13p-22,
                                    0x1.1f7f6e1a7026fp-29};
};

// a = n ln 2 + r: sinh(n ln 2) / 4 and cosh(n ln 2) / 4, which do not overflow where the result
// does not, and sinh(r) = r + sinh_tail, cosh(r) = 1 + cosh_tail.
template <typename T>
struct hyperbolic_expansion {
  double_word<T> sinh_n, cosh_n;
  T r, sinh_tail, cosh_tail;
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr hyperbolic_expansion<T> expand_hyperbolic(T a) {
  using lane = lane_t<T>;
  using data = hyperbolic_data<lane>;
  constexpr int bits = format<lane>::mantissa_bits;
  T const y = min(T(data::beyond), a);
  constexpr int offset = format<lane>::exponent_bias - 3;
  auto const [n, exponent] = reduce_exp(y, offset);
  T const up = from_bits(exponent << bits);  // 2^n / 8
  T const down = select(n < T(lane(2 * bits)),
                        from_bits((bits_t<T>(2 * offset) - exponent) << bits), T(0));  // 2^-n / 8
  T const high = fma(n, -exp_data<lane>::ln2_hi, y);
  T const r = fma(n, -exp_data<lane>::ln2_lo, high);
  T const rest = fma(n, -exp_data<lane>::ln2_lo, high - r);
  T const z = r * r;
  return {ordered_sum(up, -down), ordered_sum(up, down), r,
          fma(r * z, polynomial(z, data::sinh), rest),
          z * fma(z, polynomial(z, data::cosh), T(lane(0.5)))};
}

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

/// The hyperbolic sine, by the addition theorem for the multiples of ln 2.
/// sinh(-0) = -0, sinh(+-inf) = +-inf.
/// Within 1.6 ulp in float, 1.6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T sinh(T x) {
  using lane = lane_t<T>;
  T const a = abs(x);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (a > detail::hyperbolic_data<lane>::max_argument)
        return copysign(format<lane>::infinity, x);
    }
  }
  auto const [sinh_n, cosh_n, r, sinh_tail, cosh_tail] = detail::expand_hyperbolic(a);
  T const tail = fma(cosh_n.high, sinh_tail, fma(sinh_n.high, cosh_tail, sinh_n.low));
  T const value = fma(cosh_n.high, r, sinh_n.high) + tail;
  return copysign(select(a < T(format<lane>::epsilon), a, value * T(4)), x);
}

/// The hyperbolic cosine. cosh(0) = 1, cosh(+-inf) = inf.
/// Within 1.5 ulp in float, 1.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T cosh(T x) {
  using lane = lane_t<T>;
  T const a = abs(x);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (a > detail::hyperbolic_data<lane>::max_argument) return format<lane>::infinity;
    }
  }
  auto const [sinh_n, cosh_n, r, sinh_tail, cosh_tail] = detail::expand_hyperbolic(a);
  T const tail = fma(sinh_n.high, sinh_tail, fma(cosh_n.high, cosh_tail, cosh_n.low));
  return (fma(sinh_n.high, r, cosh_n.high) + tail) * T(4);
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
