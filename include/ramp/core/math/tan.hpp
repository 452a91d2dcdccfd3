// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/trigonometric.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {

/// The tangent, of radians: the quotient of sine and cosine, each in two words.
/// tan(-0) = -0, tan(+-inf) = NaN.
/// Within 1.2 ulp in float, 1.2 in double.
/// Costs a lane by lane reduction beyond 1e4 in float, 1e6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T tan(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return format<T>::nan;
  }
  using bits = bits_t<T>;
  auto const angle = detail::reduce_angle(abs(x));
  auto const [sine, cosine] = detail::expand_angle(angle.high, angle.low);
  // In odd quadrants it is -cos / sin.
  auto const even = (angle.quadrant & bits(1)) == bits(0);
  auto const s = detail::ordered_sum(sine.high, sine.low);
  auto const c = detail::ordered_sum(cosine.high, cosine.low);
  T const n = select(even, s.high, c.high);
  T const n_low = select(even, s.low, c.low);
  T const d = select(even, c.high, s.high);
  T const d_low = select(even, c.low, s.low);
  T const inverse = T(1) / d;
  T const q = rounded(n * inverse);
  auto const back = detail::two_product(q, d);
  T const residual = ((n - back.high) - back.low) + fma(-q, d_low, n_low);
  T const value = fma(residual, inverse, q);
  bits const odd = angle.quadrant << (static_cast<int>(sizeof(lane_t<T>)) * 8 - 1);
  bits const sign = odd ^ (to_bits(x) & bits(format<lane_t<T>>::sign_bit));
  return from_bits(to_bits(value) ^ sign);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
