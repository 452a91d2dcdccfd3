// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/exp.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// near: erf(x) / x - 1 in powers of x^2 for |x| <= 1; relative error of erf 2^-27 and 2^-56.
// far: (x + 3) e^(x^2) erfc(x) in powers of (x - 3) / (x + 3), from x = 1/2 to where erfc is less
// than the smallest subnormal; relative error 2^-27 and 2^-53.4.
template <typename Lane>
struct erf_data;

template <>
struct erf_data<float> {
  static constexpr float beyond = 11.0f;
  static constexpr float near[] = {0x1.06eba6p-3f, -0x1.812728p-2f, 0x1.ce2a84p-4f, -0x1.b7d9bp-6f,
                                   0x1.533e4ap-8f, -0x1.9f268p-11f, 0x1.3de08ap-14f};
  static constexpr float far[] = {
      0x1.12f21ep0f,   -0x1.c44c48p-1f,  0x1.2e325cp-1f, -0x1.3deaeep-2f,  0x1.e99be2p-4f,
      -0x1.b7a494p-6f, -0x1.46dba4p-10f, 0x1.90245p-9f,  -0x1.d9fb7cp-12f, -0x1.29c816p-12f};
};

template <>
struct erf_data<double> {
  static constexpr double beyond = 28.0;
  static constexpr double near[] = {
      0x1.06eba8214db68p-3,  -0x1.812746b0379acp-2,  0x1.ce2f21a0406acp-4,  -0x1.b82ce311ed40fp-6,
      0x1.565bccf8ab37dp-8,  -0x1.c02db04f28397p-11, 0x1.f9a2beff9cdb9p-14, -0x1.f4cab1bc54f2dp-17,
      0x1.b984bea6716afp-20, -0x1.5c2a8306ee8ap-23,  0x1.d82d5c7293304p-27, -0x1.af29ea2547654p-31};
  static constexpr double far[] = {
      0x1.12f21ddd9f5e2p0,    -0x1.c44c471baa378p-1,  0x1.2e326945de288p-1,   -0x1.3deb21415dafep-2,
      0x1.e995f11b16368p-4,   -0x1.b78993d6e64ap-6,   -0x1.3dd3e6f92db8fp-10, 0x1.8dae3a3ab7a4fp-9,
      -0x1.1f78e48de525p-11,  -0x1.223900bb10522p-12, 0x1.c32619e0b9bf7p-14,  0x1.fdff43f4f096ep-16,
      -0x1.252c49b04f271p-16, -0x1.3ea3b29cbe5a3p-18, 0x1.74be1ecf4a696p-19,  0x1.0a8d782850858p-20,
      -0x1.ccb7f3be8d3d2p-22, -0x1.d7d4323b88639p-23, 0x1.20a38448c479bp-24,  0x1.26c71ba977f46p-25,
      -0x1.6f28b051008d5p-27};
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr T erf_near(T x) {
  return fma(x, polynomial(x * x, erf_data<lane_t<T>>::near), x);
}

// factor * erfc(a) for a >= 1/2, given a^2 = square.high + square.low: an error of the square
// alone would be one of erfc, a^2 times larger.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T erfc_far(T factor, T a, double_word<T> square) {
  T const d = a + T(3);
  T const q = T(1) / d;
  T const t = (a - T(3)) * q;
  // The relative error of q goes into the exponent, where it costs nothing. Without a fused
  // multiplication and addition only that of d can be told.
  T const d_low = a - (d - T(3));
  T error = -d_low * q;
  if constexpr (RAMP_HAS_FMA) {
    if (!__builtin_is_constant_evaluated()) error = fma(-q, d, T(1)) + error;
  }
  T const scaled = polynomial(t, erf_data<lane_t<T>>::far) * q;
  return exp_product(factor * scaled, -square.high, error - square.low);
}

}  // namespace detail

/// The error function 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x.
/// erf(-0) = -0, erf(+-inf) = +-1.
/// Within 1.4 ulp in float, 1.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T erf(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const a = min(T(detail::erf_data<lane>::beyond), abs(x));
  T const far = T(1) - detail::erfc_far(T(1), max(T(lane(0.5)), a), {a * a, T(0)});
  return select(a < T(1), detail::erf_near(min(T(1), max(T(-1), x))), copysign(far, x));
}

/// 1 - erf(x) without cancellation, down through the subnormals.
/// erfc(-inf) = 2, erfc(inf) = 0, erfc(0) = 1.
/// Within 5.5 ulp in float, 5.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T erfc(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const half = T(lane(0.5));
  T const a = min(T(detail::erf_data<lane>::beyond), max(half, abs(x)));
  T const far = detail::erfc_far(T(1), a, detail::two_product(a, a));
  T const near = T(1) - detail::erf_near(min(half, max(-half, x)));
  T const beyond = select(x < T(0), T(2) - far, far);
  return select(abs(x) < half, near, beyond);
}

/// The normal density e^(-x^2 / 2) / sqrt(2 pi).
/// Within 2 ulp in float, 2 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T normal_pdf(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const half = T(lane(0.5));
  T const a = min(T(2 * detail::erf_data<lane>::beyond), abs(x));
  auto const [high, low] = detail::two_product(a, a);
  return detail::exp_product(T(lane(0x1.9884533d43651p-2)), -half * high, -half * low);
}

/// The normal distribution function, erfc(-x / sqrt(2)) / 2, accurate in the lower tail.
/// Within 5.5 ulp in float, 7 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T normal_cdf(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && x != x) return x;
  }
  T const half = T(lane(0.5));
  T const inverse_sqrt2 = T(lane(0x1.6a09e667f3bcdp-1));
  T const b = min(T(lane(1.4) * detail::erf_data<lane>::beyond), max(T(lane(0.75)), abs(x)));
  auto const [high, low] = detail::two_product(b, b);
  T const far = detail::erfc_far(half, b * inverse_sqrt2, {half * high, half * low});
  T const limited = min(T(lane(0.75)), max(T(lane(-0.75)), x));
  T const near = fma(half, detail::erf_near(limited * inverse_sqrt2), half);
  T const beyond = select(x > T(0), T(1) - far, far);
  return select(abs(x) < T(lane(0.75)), near, beyond);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
