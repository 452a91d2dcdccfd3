// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/log.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/math/trigonometric.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// near: lgamma(2 + e) / e - slope in powers of e for sqrt(2) <= 2 + e <= 1 + sqrt(2), where slope
// is 1 - Euler's constant rounded; relative error 2^-29 and 2^-56.
// far: Stirling's series, (lgamma(x) - (x - 1/2) (ln x - 1) - offset) x in powers of 1 / x^2 from
// x = 3 + sqrt(2), where offset = (ln 2 pi - 1) / 2; relative error of lgamma 2^-34 and 2^-59.
template <typename Lane>
struct gamma_data;

template <>
struct gamma_data<float> {
  static constexpr float overflow = 0x1.895f1cp121f;
  static constexpr float slope = 0x1.b0ee6p-2f, offset = 0x1.acfe3ap-2f;
  static constexpr float near[] = {
      0x1.d213e2p-28f, 0x1.4a34ccp-2f,   -0x1.13e008p-4f, 0x1.513248p-6f,   -0x1.e3f6eap-8f,
      0x1.7b2244p-9f,  -0x1.3abb98p-10f, 0x1.f9d3eap-12f, -0x1.b69e44p-13f, 0x1.950b46p-13f};
  static constexpr float far[] = {0x1.555552p-4f, -0x1.6be2dp-9f, 0x1.83e342p-11f};
};

template <>
struct gamma_data<double> {
  static constexpr double overflow = 0x1.754d9278b51a7p1014;
  static constexpr double slope = 0x1.b0ee6072093cep-2, offset = 0x1.acfe390c97d69p-2;
  static constexpr double near[] = {
      0x1.223e3ccd968dp-58,   0x1.4a34cc4a60fa6p-2,  -0x1.13e001a5575ddp-4,  0x1.51322ac7d899fp-6,
      -0x1.e404fc219e1a2p-8,  0x1.7add6eacbcb26p-9,  -0x1.38ac5c23d37ffp-10, 0x1.0b36b026621d1p-11,
      -0x1.d3fd506b2d208p-13, 0x1.a12749f5c2422p-14, -0x1.78de17ccc8555p-15, 0x1.581fef96d5bb7p-16,
      -0x1.3cad0b3c54231p-17, 0x1.23d3c3b02b283p-18, -0x1.1523f8bf62a78p-19, 0x1.16c3ba44f99d6p-20,
      -0x1.5f88d984136e2p-22, 0x1.ff06b12cd2c4bp-24, -0x1.4fab084d6550ap-22};
  static constexpr double far[] = {
      0x1.5555555555507p-4, -0x1.6c16c169da0bp-9,   0x1.a019f907e35dep-11, -0x1.380fbd60e0ccap-11,
      0x1.b86a52473efcp-11, -0x1.e625c43bcccc1p-10, 0x1.478f967275305p-8,  -0x1.43dac673c5052p-7};
};

// sin(pi q) and cos(pi q) for 0 <= q <= 1/2.
template <typename T>
struct half_turns {
  T sine, cosine;
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr half_turns<T> expand_half_turns(T q) {
  using lane = lane_t<T>;
  constexpr auto pi = static_cast<lane>(0x1.921fb54442d18p1);
  constexpr auto pi_low =
      static_cast<lane>(sizeof(lane) == 4 ? -0x1.777a5cp-24 : 0x1.1a62633145c07p-53);
  auto const far = q > T(lane(0.25));
  T const u = select(far, T(lane(0.5)) - q, q);
  auto const angle = two_product(u, T(pi));
  auto const [sine, cosine] = expand_angle(angle.high, fma(u, pi_low, angle.low));
  T const s = sine.high + sine.low;
  T const c = cosine.high + cosine.low;
  return {select(far, c, s), select(far, s, c)};
}

// ln Gamma(x) for positive and finite x.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T lgamma_of_positive(T x) {
  using lane = lane_t<T>;
  using data = gamma_data<lane>;
  constexpr auto root = static_cast<lane>(0x1.6a09e667f3bcdp0);
  // Gamma(2 + e) is Gamma(x) times x or x (x + 1), or divided by x - 1 or (x - 1) (x - 2).
  auto const below_one = x < T(root - 1);
  auto const below = x < T(root);
  auto const above = x > T(1 + root);
  auto const above_one = x > T(2 + root);
  auto const far = x > T(3 + root);
  T const c = min(T(8), x);
  T const e = c - select(above, select(above_one, T(4), T(3)),
                         select(below_one, T(0), select(below, T(1), T(2))));
  T const quotient = (c - T(1)) * select(above_one, c - T(2), T(1));
  T const product = select(below_one, fma(c, c, c), c);
  double_word<T> l{};
  logarithm(select(far, x, select(above, quotient, select(below, product, T(1)))),
            [&l](T k, T m) RAMP_LAMBDA_INLINE {
              l = log_in_parts(k, m);
              return l.high;
            });
  // Near the zeros at 1 and 2 both terms are small in proportion to e.
  T const sign = select(below, T(-1), T(1));
  T const tail = fma(e, polynomial(e, data::near), sign * l.low);
  T const near = fma(e, data::slope, sign * l.high) + tail;

  T const h = x - T(lane(0.5));
  T const inverse = T(1) / max(T(1), x);
  T const series = fma(inverse, polynomial(inverse * inverse, data::far), T(data::offset));
  auto const [log_high, log_low] = ordered_sum(l.high, l.low);
  return select(far, fma(h, log_high - T(1), fma(h, log_low, series)), near);
}

}  // namespace detail

/// ln |Gamma(x)|: Stirling's series, the recurrence down to a polynomial about 2, and for negative
/// x the reflection Gamma(x) Gamma(-x) = -pi / (x sin(pi x)). Infinite at 0, -1, -2, ... and at
/// +-inf; lgamma(1) = lgamma(2) = 0.
/// Within 4 ulp in float, 4 in double for positive x, next to the zeros too; for negative x
/// within 4 ulp of the largest of the result, ln Gamma(|x|) and 1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T lgamma(T x) {
  using lane = lane_t<T>;
  T const infinity = T(format<lane>::infinity);
  T const a = abs(x);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (a == 0 || a >= detail::gamma_data<lane>::overflow) return infinity;
      if (x < 0 && trunc(x) == x) return infinity;
    }
  }
  T r = detail::lgamma_of_positive(a);
  auto const negative = x < T(0);
  if (any(negative)) [[unlikely]] {
    T const q = abs(a - round_to_even(a));
    T const product = a * detail::expand_half_turns(q).sine * T(lane(0x1.45f306dc9c883p-2));
    T const reflected = select(q == T(0), infinity, -(log(product) + r));
    r = select(negative & (a > T(format<lane>::epsilon)), reflected, r);
  }
  auto const regular = (a > T(0)) & (a < infinity);
  return select(regular | (x != x), r, infinity);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
