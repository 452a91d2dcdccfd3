// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/log.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// exp2: (2^r - 1) / r for |r| <= 1/2, minimax in the error of 2^r relative to it, 2^-26.4 and
// 2^-57.6.
// log2: 1 / ln 2 in two words, of which the first has so few bits that its product with a number
// of `upper_bits` is exact.
template <typename Lane>
struct exp2_data;

template <>
struct exp2_data<float> {
  static constexpr float inverse_ln2_hi = 0x1.716p0f, inverse_ln2_lo = -0x1.7135a8p-13f;
  static constexpr std::uint32_t upper_bits = 0xfffff000u;
  static constexpr float c[] = {0x1.62e432p-1f, 0x1.ebfc18p-3f,  0x1.c6ad6p-5f,
                                0x1.3afb7cp-7f, 0x1.5fe5bcp-10f, 0x1.666a4ap-13f};
};

template <>
struct exp2_data<double> {
  static constexpr double inverse_ln2_hi = 0x1.7154768p0, inverse_ln2_lo = -0x1.6a3e80f444178p-27;
  static constexpr std::uint64_t upper_bits = 0xfffffffff8000000u;
  static constexpr double c[] = {
      0x1.62e42fefa39efp-1,  0x1.ebfbdff82c5ap-3,   0x1.c6b08d704a13ep-5,  0x1.3b2ab6fba0d96p-7,
      0x1.5d87fe78a11fcp-10, 0x1.4309130c60a14p-13, 0x1.ffcbfc43990e5p-17, 0x1.62bfcd8f84b8cp-20,
      0x1.b5258c84ceaf5p-24, 0x1.e6118e941c89ap-28, 0x1.e8b14dbc54451p-32};
};

}  // namespace detail

/// 2^x, exact for integers, down through the subnormals. exp2(-inf) = 0, exp2(inf) = inf.
/// Within 1.4 ulp in float, 1.4 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T exp2(T x) {
  using lane = lane_t<T>;
  constexpr auto overflow = static_cast<lane>(format<lane>::exponent_bias + 1);
  constexpr auto underflow =
      -static_cast<lane>(format<lane>::exponent_bias + format<lane>::mantissa_bits);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (x >= overflow) return format<lane>::infinity;
      if (x <= underflow) return 0;
    }
  }
  T const y = min(T(overflow), max(T(underflow), x));
  // Adding 1.5 * 2^mantissa_bits rounds to an integer and leaves it in the low bits.
  constexpr auto offset = static_cast<lane>(2 * format<lane>::exponent_bias);
  T const magic = T(lane(1.5) / format<lane>::epsilon + offset);
  T const z = y + magic;
  T const r = y - (z - magic);
  T const p = fma(r, polynomial(r, detail::exp2_data<lane>::c), T(1));
  return detail::scale_by_power_of_two(p, to_bits(z));
}

/// The logarithm to base 2, exact for powers of two. log2(0) = -inf, log2(x < 0) = NaN,
/// log2(inf) = inf, log2(1) = 0.
/// Within 0.9 ulp in float, 0.9 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log2(T x) {
  return detail::logarithm(x, [](T k, T m) RAMP_LAMBDA_INLINE {
    // ln m = high + low with so few bits in high that its product below is exact.
    using data = detail::exp2_data<lane_t<T>>;
    T const f = m - T(1);
    auto const [half_square, tail] = detail::log_terms(f);
    T const high = from_bits(to_bits(f - half_square) & bits_t<T>(data::upper_bits));
    T const low = ((f - high) - half_square) + tail;
    auto const [sum, rest] = detail::ordered_sum(k, rounded(high * T(data::inverse_ln2_hi)));
    return sum + (rest + fma(low, data::inverse_ln2_hi, (high + low) * data::inverse_ln2_lo));
  });
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
