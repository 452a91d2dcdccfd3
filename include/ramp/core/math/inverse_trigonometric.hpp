// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/math/sqrt.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// asin: (asin(s) - s) / s^3 in powers of s^2 up to s = 1/2, atan: (atan(t) - t) / t^3 in powers of
// t^2 up to t = 1/2; relative errors of the results 2^-27.5 and 2^-31, 2^-59 and 2^-57 in double.
template <typename Lane>
struct arc_data;

template <>
struct arc_data<float> {
  static constexpr float half_pi = 0x1.921fb6p0f, half_pi_low = -0x1.777a5cp-25f;
  static constexpr float asin[] = {0x1.5555acp-3f, 0x1.3308dp-4f, 0x1.73ed8ap-5f, 0x1.910568p-6f,
                                   0x1.55b9dep-5f};
  static constexpr float atan[] = {-0x1.555552p-2f, 0x1.999744p-3f,  -0x1.24503p-3f,
                                   0x1.c07262p-4f,  -0x1.480d08p-4f, 0x1.3fd45p-5f};
};

template <>
struct arc_data<double> {
  static constexpr double half_pi = 0x1.921fb54442d18p0, half_pi_low = 0x1.1a62633145c07p-54;
  static constexpr double asin[] = {
      0x1.5555555555562p-3, 0x1.33333333302b1p-4, 0x1.6db6db70ccd69p-5, 0x1.f1c71afd3c8fp-6,
      0x1.6e8bd4c47c1a5p-6, 0x1.1c4a93a094318p-6, 0x1.ca11982147e6cp-7, 0x1.75ef02286faccp-7,
      0x1.5f1592507e5f1p-7, 0x1.023f4f5a8ce1ap-8, 0x1.5ad613bec5912p-6, -0x1.4c322090826c4p-6,
      0x1.07c20d9e49e1ap-5};
  static constexpr double atan[] = {
      -0x1.5555555555516p-2, 0x1.999999999115p-3,  -0x1.249249215e22fp-3, 0x1.c71c7090fae7ap-4,
      -0x1.745cf4ccba98dp-4, 0x1.3b113dd5baa97p-4, -0x1.10f31fd444977p-4, 0x1.dfe9804cdb82bp-5,
      -0x1.a398869c325ccp-5, 0x1.56f614f15a245p-5, -0x1.c180ac5f0dab1p-6, 0x1.4b85151b87203p-7};
};

// turns * pi / 2 + angle + tail for turns = 0, 1 or 2, where the tail is small against the angle.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T add_quarter_turns(T turns, T angle, T tail) {
  using data = arc_data<lane_t<T>>;
  auto const [sum, rest] = ordered_sum(rounded(turns * T(data::half_pi)), angle);
  return sum + (rest + fma(turns, data::half_pi_low, tail));
}

// asin(s) = s + tail
template <typename T>
struct arcsine {
  decltype(T() < T()) far;  // |x| > 1/2, where s = sqrt((1 - |x|) / 2): acos(|x|) = 2 asin(s)
  T s, tail;
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr arcsine<T> expand_arcsine(T x) {
  T const a = abs(x);
  T const half = T(lane_t<T>(0.5));
  auto const far = a > half;
  T const z = select(far, (T(1) - a) * half, a * a);
  T const s = select(far, sqrt(z), a);
  return {far, s, s * z * polynomial(z, arc_data<lane_t<T>>::asin)};
}

// turns * pi / 2 +- atan(n / d) for 0 <= n <= d and d > 0, where 2 d does not overflow.
template <Real T, typename Mask>
RAMP_ALWAYS_INLINE constexpr T add_arctangent(T turns, Mask negative, T n, T d) {
  using lane = lane_t<T>;
  using data = arc_data<lane>;
  // Above 1/2 as pi / 4 + atan((n - d) / (n + d)), where n - d is exact.
  T const half = T(lane(0.5));
  auto const far = n + n >= d;
  T const t = select(far, n - d, n) / select(far, n + d, d);
  T const z = t * t;
  T const tail = t * z * polynomial(z, data::atan);
  auto const sum = ordered_sum(select(far, half * T(data::half_pi), T(0)), t);
  T const low = sum.low + select(far, fma(half, data::half_pi_low, tail), tail);
  return add_quarter_turns(turns, select(negative, -sum.high, sum.high),
                           select(negative, -low, low));
}

}  // namespace detail

/// The arc sine, in [-pi / 2, pi / 2]. asin(-0) = -0; outside [-1, 1] NaN.
/// Within 1.4 ulp in float, 1.4 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T asin(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !(abs(x) <= 1)) return format<T>::nan;
  }
  auto const [far, s, tail] = detail::expand_arcsine(x);
  T const factor = select(far, T(-2), T(1));
  T const turns = select(far, T(1), T(0));
  return copysign(detail::add_quarter_turns(turns, factor * s, factor * tail), x);
}

/// The arc cosine, in [0, pi]. acos(1) = 0; outside [-1, 1] NaN.
/// Within 1.4 ulp in float, 1.4 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T acos(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !(abs(x) <= 1)) return format<T>::nan;
  }
  auto const [far, s, tail] = detail::expand_arcsine(x);
  // pi / 2 - asin(x), and for |x| beyond 1/2 acos(|x|) or pi - acos(|x|).
  auto const negative = x < T(0);
  T const turns = select(far, select(negative, T(2), T(0)), T(1));
  T const near_factor = select(negative, T(1), T(-1));
  T const factor = select(far, T(-2) * near_factor, near_factor);
  return detail::add_quarter_turns(turns, factor * s, factor * tail);
}

/// The arc tangent, in [-pi / 2, pi / 2]. atan(-0) = -0, atan(+-inf) = +-pi / 2.
/// Within 1.6 ulp in float, 1.6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T atan(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const a = abs(x);
  auto const steep = a > T(1);
  T const r = detail::add_arctangent(select(steep, T(1), T(0)), steep, select(steep, T(1), a),
                                     select(steep, a, T(1)));
  return copysign(r, x);
}

/// The angle of the point (x, y), in [-pi, pi], with the sign of y; signed zeros and infinities as
/// in C: atan2(+-0, +0) = +-0, atan2(+-0, -0) = +-pi, atan2(+-inf, -inf) = +-3 pi / 4.
/// Within 1.8 ulp in float, 1.8 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T atan2(T y, std::type_identity_t<T> x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && (x != x || y != y)) return format<lane>::nan;
  }
  T const a = abs(x);
  T const b = abs(y);
  auto const steep = b > a;
  auto const left = copysign(T(1), x) < T(0);
  // Of two zeros the quotient is 0, of two infinities 1. Large numbers make room for their sum.
  auto const equal = a == b;
  T const scale = select(max(a, b) > T(format<lane>::max / 4), T(lane(0.25)), T(1));
  T const n = select(equal, select(b == T(0), T(0), T(1)), select(steep, a, b) * scale);
  T const d = select(equal, T(1), select(steep, b, a) * scale);
  T const turns = select(steep, T(1), select(left, T(2), T(0)));
  T const r = detail::add_arctangent(turns, steep ^ left, n, d);
  return copysign(select((x != x) | (y != y), T(format<lane>::nan), r), y);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
