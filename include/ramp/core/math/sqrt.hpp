// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// Correctly rounded. Precondition: x is positive and finite.
constexpr double constant_sqrt(double x) {
  double scale = 1;
  if (x < 0x1p-900) {
    x *= 0x1p200;
    scale = 0x1p-100;
  }
  // x = m 4^h with m in [1, 4)
  std::uint64_t const exponent = (to_bits(x) >> 52) - 1023 + 2048;
  std::uint64_t const h = exponent / 2;
  double const m = from_bits(to_bits(x) - ((h - 1024) << 53));
  double y = from_bits(0x5fe6eb50c7b537a9u - (to_bits(m) >> 1));  // 1 / sqrt(m) within 4 %
  for (int i = 0; i < 4; ++i) y = y * (1.5 - 0.5 * m * y * y);
  double r = m * y;
  auto const [square, low] = two_product(r, r);
  r += ((m - square) - low) / (2 * r);
  // r is the result or its neighbour. Half way to the next number the square is r^2 + r u + u^2/4
  // with u the spacing of [1, 2); m - r^2 is a multiple of u^2, so u^2/4 decides nothing.
  auto const [last_square, last_low] = two_product(r, r);
  double const rest = (m - last_square) - last_low;
  if (rest > r * 0x1p-52) r += 0x1p-52;
  if (rest <= -r * 0x1p-52) r -= 0x1p-52;
  return r * from_bits((h - 1) << 52) * scale;
}

}  // namespace detail

/// The square root, correctly rounded: the instruction at run time, Newton's method and an exact
/// test of the last bit in constant evaluation. sqrt(x < 0) = NaN, sqrt(-0) = -0, sqrt(inf) = inf.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T sqrt(T x) {
  if (__builtin_is_constant_evaluated()) {
    if (x != x || x == 0 || x == format<T>::infinity) return x;
    if (x < 0) return format<T>::nan;
    // Rounding twice is harmless here: double has more than twice the digits of float.
    return static_cast<T>(detail::constant_sqrt(static_cast<double>(x)));
  }
#ifdef __clang__
  return __builtin_elementwise_sqrt(x);
#elif RAMP_X86  // __builtin_sqrt calls the library below zero, to set errno
  if constexpr (sizeof(T) == 4) {
    typedef float floats __attribute__((vector_size(16)));
    return __builtin_ia32_sqrtss(floats{x})[0];
  } else {
    typedef double doubles __attribute__((vector_size(16)));
    return __builtin_ia32_sqrtsd(doubles{x})[0];
  }
#else
  return static_cast<T>(sizeof(T) == 4 ? __builtin_sqrtf(x) : __builtin_sqrt(x));
#endif
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
