// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <ramp/core/math/scalar.hpp>

// Signs, classes and roundings: exact for every value, NaN in and NaN out.

namespace ramp::math {
inline namespace RAMP_ISA {

/// The unsigned integers of the width of T's lanes.
template <Real T>
using bits_t = decltype(to_bits(std::declval<T>()));

/// |x|; clears the sign of NaN too.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T abs(T x) {
  return from_bits(to_bits(x) & ~bits_t<T>(format<lane_t<T>>::sign_bit));
}

/// The magnitude of `magnitude` under the sign of `sign`, whatever they are.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T copysign(T magnitude, std::type_identity_t<T> sign) {
  bits_t<T> const mask(format<lane_t<T>>::sign_bit);
  return from_bits((to_bits(magnitude) & ~mask) | (to_bits(sign) & mask));
}

/// A truth value for each lane.
template <Real T>
RAMP_ALWAYS_INLINE constexpr auto isnan(T x) {
  return x != x;
}
template <Real T>
RAMP_ALWAYS_INLINE constexpr auto isfinite(T x) {
  return abs(x) <= T(format<lane_t<T>>::max);
}
template <Real T>
RAMP_ALWAYS_INLINE constexpr auto isinf(T x) {
  return abs(x) == T(format<lane_t<T>>::infinity);
}

/// The nearest integer, ties to even; -0 and what rounds to zero from below give -0.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T round_to_even(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return x;
  }
  constexpr lane_t<T> shift = lane_t<T>(1) / format<lane_t<T>>::epsilon;
  T const a = abs(x);
  T const r = (a + shift) - shift;  // beyond shift every value is an integer
  return select(a < T(shift), copysign(r, x), x);
}

/// The integer nearest to x on the side of zero.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T trunc(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return x;
  }
  T const r = round_to_even(x);
  return select(abs(r) > abs(x), copysign(abs(r) - T(1), x), r);
}

/// The largest integer not above x.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T floor(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return x;
  }
  T const r = round_to_even(x);
  return select(r > x, r - T(1), r);
}

/// The smallest integer not below x; what rounds to zero from below gives -0.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T ceil(T x) {
  return -floor(-x);
}

/// The nearest integer, ties away from zero, as std::round.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T round(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return x;
  }
  T const r = trunc(x);
  return select(abs(x - r) >= T(lane_t<T>(0.5)), copysign(abs(r) + T(1), x), r);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
