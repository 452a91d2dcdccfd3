// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/log.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// ln x = k ln 2 + s (2 + 2/3 s^2 + s^4 P(s^2)) as in log_data, but the terms in front of P are
// carried in two words: y ln x needs the bits of y's exponent beyond the precision of the result.
// P is minimax in absolute error: 2^-36 and 2^-73.
template <typename Lane>
struct pow_data;

template <>
struct pow_data<float> {
  static constexpr float third_high = 0x1.555556p-1f, third_low = -0x1.555556p-26f;
  static constexpr float largest_exponent = 0x1p34f;
  static constexpr float c[] = {0x1.999ap-2f, 0x1.245274p-2f, 0x1.dfa4fcp-3f};
};

template <>
struct pow_data<double> {
  static constexpr double third_high = 0x1.5555555555555p-1, third_low = 0x1.5555555555555p-55;
  static constexpr double largest_exponent = 0x1p66;
  static constexpr double c[] = {0x1.9999999999995p-2, 0x1.2492492493156p-2, 0x1.c71c71c563061p-3,
                                 0x1.745d183eb7b12p-3, 0x1.3b135fbeb2471p-3, 0x1.11211db1a74f2p-3,
                                 0x1.de2435a82a569p-4, 0x1.eb8752635430fp-4};
};

// ln x in two words. Precondition: x is positive, normal or not (other values give some number).
template <Real T>
RAMP_ALWAYS_INLINE constexpr double_word<T> log_in_two_words(T x) {
  using lane = lane_t<T>;
  using data = pow_data<lane>;
  auto const subnormal = x < T(format<lane>::min_normal);
  auto const [exponent, m] =
      reduce_log(select(subnormal, min(x, T(1)) * T(lane(1) / format<lane>::epsilon), x));
  T const shift = select(subnormal, T(static_cast<lane>(format<lane>::mantissa_bits)), T(0));
  T const k = exponent - shift;

  // 1. s = f / d with what the quotient and the divisor lost.
  T const f = m - T(1);
  T const d = m + T(1);
  T const d_low = m - (d - T(1));
  T const inverse = T(1) / d;
  T const s = rounded(f * inverse);
  auto const back = two_product(s, d);
  T const s_low = (((f - back.high) - back.low) - s * d_low) * inverse;

  // 2. 2 + 2/3 z + z^2 P(z) with z = s^2.
  auto const square = two_product(s, s);
  T const z = square.high;
  T const z_low = fma(s * T(2), s_low, square.low);
  auto const third = two_product(z, T(data::third_high));
  T const third_low = fma(z, data::third_low, fma(z_low, data::third_high, third.low));
  auto const sum = ordered_sum(T(2), third.high);
  T const sum_low = sum.low + (third_low + z * z * polynomial(z, data::c));

  // 3. Their product and k ln 2.
  auto const product = two_product(s, sum.high);
  T const product_low = fma(s, sum_low, fma(s_low, sum.high, product.low));
  auto const total = ordered_sum(rounded(k * T(log_data<lane>::ln2_hi)), product.high);
  return ordered_sum(total.high, total.low + fma(k, log_data<lane>::ln2_lo, product_low));
}

// |x|^y for positive |x|, by the exponential of y ln x in two words.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T pow_of_magnitude(T a, T y) {
  using lane = lane_t<T>;
  using data = pow_data<lane>;
  // An exponent beyond this bound makes every a but 1 overflow or underflow anyway.
  T const bounded = min(T(data::largest_exponent), max(T(-data::largest_exponent), y));
  auto const logarithm = log_in_two_words(a);
  auto const product = two_product(logarithm.high, bounded);
  T const low = fma(logarithm.low, bounded, product.low);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (product.high >= exp_data<lane>::max_argument) return format<lane>::infinity;
    }
  }
  auto const in_range = abs(product.high) < T(lane(2) * exp_data<lane>::overflow);
  return exp_product(T(1), product.high, select(in_range, low, T(0)));
}

}  // namespace detail

/// x^y by the rules of IEEE 754: pow(x, +-0) = pow(1, y) = 1, NaN included; a negative x needs an
/// integer y, else NaN; pow(-1, +-inf) = 1; zero and infinity keep the sign of x for odd y only.
/// pow(x, 1) and pow(x, 2) are x and x * x.
/// Within 1.0 ulp in float, 1.7 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T pow(T x, std::type_identity_t<T> y) {
  using lane = lane_t<T>;
  T const infinity = T(format<lane>::infinity);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (y == 0 || x == 1) return 1;
      if (x != x || y != y) return format<lane>::nan;
      if (y == 2 && abs(x) >= lane(sizeof(lane) == 4 ? 0x1p64 : 0x1p512)) return infinity;
    }
  }
  T const a = abs(x);
  // Zero and infinity stand aside; their logarithm is not taken.
  auto const edge = (a == T(0)) | (a == infinity);
  T const r = detail::pow_of_magnitude(select(edge, T(1), a), y);
  auto const vanishes = (a == T(0)) ^ (y < T(0));
  T const magnitude = select(edge, select(vanishes, T(0), infinity), r);

  T const half_y = y * T(lane(0.5));
  auto const integer = trunc(y) == y;
  auto const odd = integer & (trunc(half_y) != half_y);
  T const value = select(odd, copysign(magnitude, x), magnitude);
  auto const undefined = ((x < T(0)) & (a != infinity) & !integer) | (x != x) | (y != y);
  T result = select(undefined, T(format<lane>::nan), value);
  auto const two = y == T(2);
  T const root = select(two, x, T(1));
  result = select(y == T(1), x, select(two, root * root, result));
  return select((y == T(0)) | (x == T(1)), T(1), result);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
