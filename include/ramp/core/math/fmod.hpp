// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/round.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// a mod b for finite a >= 0 and b > 0, by long division of the mantissas, 11 bits a step.
constexpr double long_division_rest(double a, double b) {
  if (a < b) return a;
  auto const exponent_of = [](double x) {  // subnormal numbers have that of the smallest normal
    auto const e = static_cast<int>(to_bits(x) >> 52);
    return e == 0 ? 1 : e;
  };
  auto const mantissa_of = [](double x) {
    std::uint64_t const m = to_bits(x) & format<double>::mantissa_mask;
    return x < format<double>::min_normal ? m : m | (1ull << 52);
  };
  int const exponent = exponent_of(b);
  std::uint64_t const divisor = mantissa_of(b);
  std::uint64_t rest = mantissa_of(a) % divisor;
  for (int shift = exponent_of(a) - exponent; shift > 0 && rest != 0; shift -= 11) {
    rest = (rest << (shift < 11 ? shift : 11)) % divisor;
  }
  // Two exact factors; 2^-1074 by itself would not be normal.
  return static_cast<double>(rest) * 0x1p-52 *
         from_bits(static_cast<std::uint64_t>(exponent) << 52);
}

template <Real T>
RAMP_NOINLINE constexpr T long_division_lanes(T const& a, T const& b, T r) {
  for (int i = 0; i < lane_count<T>; ++i) {
    auto const x = static_cast<double>(get_lane(a, i));
    auto const y = static_cast<double>(get_lane(b, i));
    bool const defined = x <= format<double>::max && y > 0;
    r = with_lane(r, i,
                  static_cast<lane_t<T>>(defined ? long_division_rest(x, y) : format<double>::nan));
  }
  return r;
}

}  // namespace detail

/// a - n b, where n is a / b rounded towards zero: exact, with the sign of a, as in C.
/// fmod(+-inf, b) = fmod(a, +-0) = NaN, fmod(a, +-inf) = a for finite a.
/// Costs a division and little more where the quotient is below 2^22 in float, 2^51 in double;
/// elsewhere, and where a or b is next to overflow or underflow, long division lane by lane.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T fmod(T a, std::type_identity_t<T> b) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && (a != a || b != b)) return format<lane>::nan;
  }
  T const x = abs(a);
  T const y = abs(b);
  constexpr lane limit = lane(0.5) / format<lane>::epsilon;
  constexpr lane smallest = format<lane>::min_normal * limit;
  // The quotient may be rounded up to the next integer, the product and the difference are exact.
  auto const common = (y >= T(smallest)) & (y <= T(1) / T(smallest)) & (x * T(lane(1) / limit) < y);
  T r = x;
  if (all(common)) [[likely]] {
    T const q = trunc(x / y);
    auto const product = detail::two_product(q, y);
    T const rest = (x - product.high) - product.low;
    r = select(rest < T(0), rest + y, rest);
  } else {
    r = detail::long_division_lanes(x, y, r);
  }
  return copysign(r, a);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
