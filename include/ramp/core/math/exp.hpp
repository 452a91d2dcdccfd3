// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/round.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// x = n ln 2 + r with |r| <= ln 2 / 2, and (e^r - 1 - r) / r^2 as a polynomial: minimax in the
// relative error of e^r - 1 with coefficients of the format, 2^-26.2 and 2^-55.5.
// ln2_hi has so few bits that n * ln2_hi is exact.
template <typename Lane>
struct exp_data;

template <>
struct exp_data<float> {
  static constexpr float log2_e = 0x1.715476p0f, ln2_hi = 0x1.62e4p-1f, ln2_lo = 0x1.7f7d1cp-20f;
  static constexpr float overflow = 89.0f, max_argument = 0x1.62e43p6f, underflow = -104.0f,
                         minus_one = -18.0f;
  static constexpr float c[] = {0x1p-1f, 0x1.5554acp-3f, 0x1.555566p-5f, 0x1.122abep-7f,
                                0x1.6cb8bep-10f};
};

template <>
struct exp_data<double> {
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double ln2_hi = 0x1.62e42feep-1, ln2_lo = 0x1.a39ef35793c76p-33;
  static constexpr double overflow = 710.0, max_argument = 0x1.62e42fefa39fp9, underflow = -746.0,
                          minus_one = -38.0;
  static constexpr double c[] = {
      0x1.0000000000005p-1,  0x1.5555555555539p-3,  0x1.5555555552033p-5,  0x1.1111111119083p-7,
      0x1.6c16c17f8360ap-10, 0x1.a01a01755308dp-13, 0x1.a019a56aef034p-16, 0x1.71de85feba9a1p-19,
      0x1.28a3ee3f3590dp-22, 0x1.ae718f6a56ebbp-26};
};

// x = n ln 2 + r; adding 1.5 * 2^mantissa_bits puts n into the low bits, `offset` comes free.
template <typename T>
struct exp_reduction {
  T n;
  bits_t<T> scale;  // its low bits hold n + offset
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr exp_reduction<T> reduce_exp(T x, int offset) {
  using lane = lane_t<T>;
  T const magic = T(lane(1.5) / format<lane>::epsilon + static_cast<lane>(offset));
  T const z = fma(x, exp_data<lane>::log2_e, magic);
  return {z - magic, to_bits(z)};
}

// p * 2^n, where the low bits of `scale` hold n plus twice the exponent's bias. In two factors,
// since 2^n itself need not be a normal number; only the last multiplication can round.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T scale_by_power_of_two(T p, bits_t<T> scale) {
  constexpr int bits = format<lane_t<T>>::mantissa_bits;
  bits_t<T> const half = scale >> 1;
  return p * from_bits(half << bits) * from_bits((scale - half) << bits);
}

// The same with n itself at hand: one instruction where the target has it for packs.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T scale_by_power_of_two(T p, [[maybe_unused]] T n, bits_t<T> scale) {
  if constexpr (requires { times_power_of_two(p, n); }) return times_power_of_two(p, n);
  else return scale_by_power_of_two(p, scale);
}

// factor * e^(x + low) for a small `low`, one rounding better than exp and sound where the
// exponential alone underflows. In constant evaluation x must be less than max_argument.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T exp_product(T factor, T x, T low) {
  using lane = lane_t<T>;
  using data = exp_data<lane>;
  T const y = min(T(data::overflow), max(T(data::underflow), x));
  auto const [n, scale] = reduce_exp(y, 2 * format<lane>::exponent_bias);
  T const high = fma(n, -data::ln2_hi, y);
  T const r = fma(n, -data::ln2_lo, high);
  T const rest = fma(n, -data::ln2_lo, high - r) + low;
  T const curve = r * r * polynomial(r, data::c);
  T const p = r + (curve + fma(rest, r + curve, rest));
  return scale_by_power_of_two(fma(factor, p, factor), n, scale);
}

}  // namespace detail

/// e^x for every x: 0 through the subnormals below, infinity above.
/// exp(0) = 1, exp(-inf) = 0, exp(inf) = inf.
/// Within 1.15 ulp in float, 1.15 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T exp(T x) {
  using lane = lane_t<T>;
  using data = detail::exp_data<lane>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {  // where neither NaN nor infinity may be computed
      if (x != x) return x;
      if (x >= data::max_argument) return format<lane>::infinity;
      if (x <= data::underflow) return 0;
    }
  }
  T const y = min(T(data::overflow), max(T(data::underflow), x));
  auto const [n, scale] = detail::reduce_exp(y, 2 * format<lane>::exponent_bias);
  T const r = fma(n, -data::ln2_lo, fma(n, -data::ln2_hi, y));
  T const p = fma(r * r, polynomial(r, data::c), r) + T(1);
  return detail::scale_by_power_of_two(p, n, scale);
}

namespace detail {

// e^x - 1 but for the smallest |x|, where the sign of zero and the last bit of subnormals are lost.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T expm1_normal(T x) {
  using lane = lane_t<T>;
  using data = exp_data<lane>;
  T const y = min(T(data::overflow), max(T(data::minus_one), x));
  // Half of 2^n: n reaches the largest exponent plus one.
  auto const [n, scale] = reduce_exp(y, format<lane>::exponent_bias - 1);
  T const half = from_bits(scale << format<lane>::mantissa_bits);
  T const high = fma(n, -data::ln2_hi, y);
  T const r = fma(n, -data::ln2_lo, high);
  T const rest = fma(n, -data::ln2_lo, high - r);
  // First what may cancel, exactly: half - 1/2 and half * r.
  T const line = fma(half, r, half - T(lane(0.5)));
  return fma(half, fma(r * r, polynomial(r, data::c), rest), line) * T(2);
}

}  // namespace detail

/// e^x - 1 without cancellation near zero. expm1(-inf) = -1, expm1(inf) = inf, expm1(-0) = -0.
/// Within 1.5 ulp in float, 1.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T expm1(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (x >= detail::exp_data<lane>::max_argument) return format<lane>::infinity;
    }
  }
  return select(abs(x) < T(format<lane>::epsilon / 4), x, detail::expm1_normal(x));
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
