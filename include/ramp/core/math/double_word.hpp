// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/scalar.hpp>

// Unevaluated sums of two numbers, for what one format cannot hold.

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

template <typename T>
struct double_word {
  T high, low;
};

// a + b exactly. Precondition: |a| >= |b| or a = 0 (Dekker).
template <Real T>
RAMP_ALWAYS_INLINE constexpr double_word<T> ordered_sum(T a, T b) {
  T const sum = a + b;
  return {sum, b - (sum - a)};
}

// a + b exactly, whichever is larger (Knuth).
template <Real T>
RAMP_ALWAYS_INLINE constexpr double_word<T> two_sum(T a, T b) {
  T const sum = a + b;
  T const b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

// a * b exactly, if nothing overflows or underflows: one more instruction with a fused
// multiplication and addition, Dekker's split in halves without.
template <Real T>
RAMP_ALWAYS_INLINE constexpr double_word<T> two_product(T a, T b) {
  T const product = rounded(a * b);
  if constexpr (RAMP_HAS_FMA) {
    if (!__builtin_is_constant_evaluated()) return {product, fma(a, b, -product)};
  }
  T const splitter = T(static_cast<lane_t<T>>(sizeof(lane_t<T>) == 4 ? 4097 : 134217729));
  T const ca = rounded(splitter * a);
  T const a_high = ca - (ca - a);
  T const a_low = a - a_high;
  T const cb = rounded(splitter * b);
  T const b_high = cb - (cb - b);
  T const b_low = b - b_high;
  T const cross = rounded(a_high * b_high) - product + rounded(a_high * b_low);
  return {product, (cross + rounded(a_low * b_high)) + rounded(a_low * b_low)};
}

}  // namespace detail
}  // namespace RAMP_ISA
}  // namespace ramp::math
