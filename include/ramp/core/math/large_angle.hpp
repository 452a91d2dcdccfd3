// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// 2 / pi in words of 32 bits, as many as the largest double can reach.
inline constexpr std::uint32_t two_over_pi_words[] = {
    0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu,
    0xdebbc561u, 0xb7246e3au, 0x424dd2e0u, 0x06492eeau, 0x09d1921cu, 0xfe1deb1cu, 0xb129a73eu,
    0xe88235f5u, 0x2ebb4484u, 0xe99c7026u, 0xb45f7e41u, 0x3991d639u, 0x835339f4u, 0x9c845f8bu,
    0xbdf9283bu, 0x1ff897ffu, 0xde05980fu, 0xef2f118bu, 0x5a0a6d1fu, 0x6d367ecfu, 0x27cb09b7u,
    0x4f463f66u, 0x9e5fea2du, 0x7527bac7u, 0xebe5f17bu, 0x3d0739f7u, 0x8a5292eau, 0x6bfb5fb1u,
    0x1f8d5d08u, 0x56033046u, 0xfc7b6babu};

struct large_angle {
  double high, low;
  std::uint32_t quadrant;
};

// x = quadrant * pi / 2 + high + low after Payne and Hanek: of 2 / pi only the words count that
// are neither multiples of four after the multiplication nor below the wanted precision; seven
// leave more than 128 bits behind the point. Precondition: 1000 < x; infinity and NaN give NaN.
constexpr large_angle reduce_large_angle(double x) {
  if (!(x <= format<double>::max)) return {format<double>::nan, format<double>::nan, 0};
  constexpr int words = 7;
  std::uint64_t const mantissa = (to_bits(x) & format<double>::mantissa_mask) | (1ull << 52);
  int const exponent = static_cast<int>(to_bits(x) >> 52) - 1023 - 52;
  int const first = exponent > 2 ? (exponent - 2) / 32 : 0;

  // 1. The mantissa shifted, so that the point falls between two words of the product.
  int const shift = exponent - 32 * first + 64;
  int const bits = shift % 32;
  std::uint64_t const low_half = (mantissa & 0xffffffffu) << bits;
  std::uint64_t const high_half = ((mantissa >> 32) << bits) + (low_half >> 32);
  std::uint64_t const m[] = {low_half & 0xffffffffu, high_half & 0xffffffffu, high_half >> 32};

  // 2. The product by words, the least significant first.
  std::uint32_t product[words + 3] = {};
  for (int i = 0; i < 3; ++i) {
    std::uint64_t carry = 0;
    for (int j = 0; j < words; ++j) {
      carry += m[i] * two_over_pi_words[first + words - 1 - j] + product[i + j];
      product[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    product[i + words] = static_cast<std::uint32_t>(carry);
  }

  // 3. The quadrant in front of the point and 128 bits behind it, rounded to nearest.
  int const point = words + 2 - shift / 32;
  std::uint32_t quadrant = product[point];
  auto const pair = [&](int i) {
    return (static_cast<std::uint64_t>(product[i]) << 32) | product[i - 1];
  };
  std::uint64_t high = pair(point - 1);
  std::uint64_t low = pair(point - 3);
  bool const negative = high >> 63 != 0;
  if (negative) {
    ++quadrant;
    low = ~low + 1;
    high = ~high + (low == 0 ? 1u : 0u);
  }
  double const unit = negative ? -0x1p-64 : 0x1p-64;
  double const last = static_cast<double>(high & 0x7ffu) + 0x1p-64 * static_cast<double>(low);
  auto const fraction =
      ordered_sum(unit * static_cast<double>(high & ~std::uint64_t{0x7ff}), unit * last);

  // 4. From quarter turns to radians.
  auto const angle = two_product(fraction.high, 0x1.921fb54442d18p0);
  double const tail =
      angle.low + (fraction.high * 0x1.1a62633145c07p-54 + fraction.low * 0x1.921fb54442d18p0);
  auto const rest = ordered_sum(angle.high, tail);
  return {rest.high, rest.low, quadrant};
}

}  // namespace detail
}  // namespace RAMP_ISA
}  // namespace ramp::math
