// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/log.hpp>
#include <ramp/core/math/sqrt.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

inline constexpr double ln2 = 0x1.62e42fefa39efp-1;

}  // namespace detail

/// The inverse hyperbolic sine, ln(1 + (x + x^2 / (1 + sqrt(1 + x^2)))) for positive x.
/// asinh(-0) = -0, asinh(+-inf) = +-inf.
/// Within 1.5 ulp in float, 1.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T asinh(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return x;
  }
  T const a = abs(x);
  T const limit = T(lane(1) / format<lane>::epsilon);
  auto const large = a > limit;  // where it is ln(2 a) and a^2 might overflow
  T const b = min(limit, a);
  T const square = b * b;
  auto const sum = detail::ordered_sum(b, square / (T(1) + sqrt(T(1) + square)));
  T const r = detail::log1p_of_sum(select(large, a, sum.high), select(large, T(0), sum.low)) +
              select(large, T(lane(detail::ln2)), T(0));
  return copysign(select(a < T(format<lane>::infinity), r, x), x);
}

/// The inverse hyperbolic cosine, ln(1 + (t + sqrt(t^2 + 2 t))) with t = x - 1.
/// acosh(1) = 0, acosh(inf) = inf, acosh(x < 1) = NaN.
/// Within 2.0 ulp in float, 2.0 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T acosh(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (!(x >= 1)) return format<lane>::nan;
      if (x == format<lane>::infinity) return x;
    }
  }
  T const limit = T(lane(1) / format<lane>::epsilon);
  auto const large = x > limit;
  T const t = min(limit, x) - T(1);
  auto const sum = detail::ordered_sum(sqrt(fma(t, t, t + t)), t);
  T const r = detail::log1p_of_sum(select(large, x, sum.high), select(large, T(0), sum.low)) +
              select(large, T(lane(detail::ln2)), T(0));
  return select(x >= T(1), select(x < T(format<lane>::infinity), r, x), T(format<lane>::nan));
}

/// The inverse hyperbolic tangent, ln(1 + 2 x / (1 - x)) / 2 for positive x.
/// atanh(-0) = -0, atanh(+-1) = +-inf, atanh(|x| > 1) = NaN.
/// Within 1.0 ulp in float, 1.0 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T atanh(T x) {
  using lane = lane_t<T>;
  T const a = abs(x);
  T const infinity = T(format<lane>::infinity);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (a == 1) return copysign(infinity, x);
      if (!(a < 1)) return format<lane>::nan;
    }
  }
  T const d = T(1) - a;
  T const d_low = (T(1) - d) - a;
  T const r = T(lane(0.5)) * detail::log1p_of_quotient<T>({a + a, T(0)}, {d, d_low});
  T const outside = select(a == T(1), infinity, T(format<lane>::nan));
  return copysign(select(a < T(1), r, outside), x);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
