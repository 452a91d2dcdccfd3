// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/gamma.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// near: (digamma(zero + h) - at_zero) / h - slope in powers of h for 1 <= zero + h <= 2, where zero
// is the positive zero of digamma rounded, at_zero and slope are digamma and its derivative there;
// relative error 2^-27 and 2^-55.
// far: (ln x - 1 / (2 x) - digamma(x)) x^2 in powers of 1 / x^2 from x = 4; relative error of
// digamma 2^-31 and 2^-58.
template <typename Lane>
struct digamma_data;

template <>
struct digamma_data<float> {
  static constexpr float zero = 0x1.762d86p0f, at_zero = -0x1.9d8e3cp-27f, slope = 0x1.ef72bcp-1f;
  static constexpr float near[] = {0x1.02665ap-25f, -0x1.c563bap-2f, 0x1.08b404p-2f,
                                   -0x1.4fbe82p-3f, 0x1.b9ba1ep-4f,  -0x1.283c76p-4f,
                                   0x1.8e03d2p-5f,  -0x1.059f04p-5f, 0x1.7efd38p-6f,
                                   -0x1.5258bep-6f, 0x1.6c4b4ep-7f};
  static constexpr float far[] = {0x1.55552cp-4f, -0x1.1090b8p-7f, 0x1.ce9c7ep-9f};
};

template <>
struct digamma_data<double> {
  static constexpr double zero = 0x1.762d86356be3fp0, at_zero = -0x1.aa2d9b3ce29ep-54,
                          slope = 0x1.ef72bc8ee38acp-1;
  static constexpr double near[] = {
      0x1.d2d338288de2cp-55, -0x1.c563b54aa1a2cp-2,  0x1.08b4294d5037dp-2,  -0x1.4fc13172598bap-3,
      0x1.b9a5b63711b7cp-4,  -0x1.27baba24db592p-4,  0x1.8fce02afd9ec9p-5,  -0x1.0fa7eca471a0bp-5,
      0x1.723d68fa38dacp-6,  -0x1.f97027785cf33p-7,  0x1.59559748dcb8fp-7,  -0x1.d82c9cd68711bp-8,
      0x1.42e81bf8e1c6ap-8,  -0x1.b95efc9fce5acp-9,  0x1.2da3e59236792p-9,  -0x1.a0cb0cf9cfa88p-10,
      0x1.20ea2fda13983p-10, -0x1.6ded71e63c387p-11, 0x1.b7d52ed056581p-12, -0x1.a38c6d81fc9c2p-12,
      0x1.a6423f5f9bb51p-12, -0x1.73e37882834f5p-13};
  static constexpr double far[] = {
      0x1.55555555553c4p-4,  -0x1.1111110e369a6p-7, 0x1.04103b49d16bep-8,
      -0x1.110e653672bb4p-8, 0x1.efc93e646ef42p-8,  -0x1.52669bbc6625dp-6,
      0x1.25ab86f997b35p-4,  -0x1.e4d53faeedecbp-3, 0x1.d9f6781fd6e36p-2};
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr T digamma_of_positive(T x) {
  using lane = lane_t<T>;
  using data = digamma_data<lane>;
  auto const below = x < T(1);
  auto const above = x > T(2);
  auto const above_one = x > T(3);
  auto const far = x > T(4);
  // From [1, 2] by the recurrence, whose terms are one fraction; beyond 4 that is 1 / x.
  T const c = min(T(4), x);
  T const p = c - T(1);
  T const q = c - T(2);
  T const h = (c - select(above, select(above_one, T(2), T(1)), select(below, T(-1), T(0)))) -
              T(data::zero);
  T const n = select(above, select(above_one, p + q, T(1)), select(below, T(-1), T(0)));
  T const d = select(above, select(above_one, p * q, p), select(below, x, T(1)));
  T const fraction = select(far, T(1), n) / select(far, x, d);
  T const near =
      fma(h, data::slope, fma(h, polynomial(h, data::near), T(data::at_zero))) + fraction;

  T const inverse = select(far, fraction, T(0));
  T const w = inverse * inverse;
  T const series = fma(w, polynomial(w, data::far), inverse * T(lane(0.5)));
  return select(far, log(x) - series, near);
}

}  // namespace detail

/// The derivative of ln Gamma. digamma(+-0) = -+inf, digamma(inf) = inf; NaN at -1, -2, ... and
/// at -inf.
/// Within 3.5 ulp in float, 3.5 in double for positive x, next to the zero at 1.46 too; for
/// negative x within 6 ulp of the largest of the result, digamma(|x|) and 1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T digamma(T x) {
  using lane = lane_t<T>;
  T const nan = T(format<lane>::nan);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x || x == format<lane>::infinity) return x;
      if (abs(x) < lane(1) / format<lane>::max) return copysign(format<lane>::infinity, -x);
      if (x < 0 && trunc(x) == x) return nan;
    }
  }
  auto const negative = x < T(0);
  T r = detail::digamma_of_positive(select(negative, T(1) - x, x));
  if (any(negative)) [[unlikely]] {
    // digamma(1 - x) - pi cot(pi x)
    T const rest = x - round_to_even(x);
    T const q = abs(rest);
    auto const [sine, cosine] = detail::expand_half_turns(q);
    auto const next_to_pole = q < T(format<lane>::epsilon);  // subnormal, pi q would be inexact
    T const n = select(next_to_pole, T(1), T(lane(0x1.921fb54442d18p1)) * cosine);
    T const cotangent = copysign(n / select(next_to_pole, q, sine), rest);
    r = select(negative, select(q == T(0), nan, r - cotangent), r);
  }
  return r;
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
