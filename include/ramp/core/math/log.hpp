// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/round.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// x = 2^k m with m in [sqrt(1/2), sqrt(2)) and s = (m - 1) / (m + 1): ln m = 2 artanh(s), and
// (2 artanh(s) / s - 2) / s^2 as a polynomial in s^2, minimax in absolute error: 2^-34 and 2^-59.
// k * ln2_hi is exact.
template <typename Lane>
struct log_data;

template <>
struct log_data<float> {
  static constexpr std::uint32_t sqrt_half = 0x3f3504f3u;
  static constexpr float ln2_hi = 0x1.62e4p-1f, ln2_lo = 0x1.7f7d1cp-20f;
  static constexpr float c[] = {0x1.555554p-1f, 0x1.999bd2p-2f, 0x1.23f252p-2f, 0x1.ec006p-3f};
};

template <>
struct log_data<double> {
  static constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcdu;
  static constexpr double ln2_hi = 0x1.62e42feep-1, ln2_lo = 0x1.a39ef35793c76p-33;
  static constexpr double c[] = {0x1.5555555555593p-1, 0x1.999999997f993p-2, 0x1.249249423388bp-2,
                                 0x1.c71c51ce050bfp-3, 0x1.74664c1325937p-3, 0x1.39a04f7237926p-3,
                                 0x1.2f148d6c681d2p-3};
};

template <typename T>
struct log_reduction {
  T k, m;
};

// Precondition: x is positive and normal (other values give some finite k and m).
template <Real T>
RAMP_ALWAYS_INLINE constexpr log_reduction<T> reduce_log(T x) {
  using lane = lane_t<T>;
  constexpr auto sqrt_half = log_data<lane>::sqrt_half;
  constexpr int bits = format<lane>::mantissa_bits;
  constexpr lane unit = lane(1) / format<lane>::epsilon;  // as an integer, its low bits are free
  auto const shifted = to_bits(x) + bits_t<T>(format<lane>::one_bits - sqrt_half);
  auto const exponent = (shifted >> bits) | bits_t<T>(to_bits(unit));
  auto const mantissa = shifted & bits_t<T>(format<lane>::mantissa_mask);
  return {from_bits(exponent) - T(unit + static_cast<lane>(format<lane>::exponent_bias)),
          from_bits(mantissa + bits_t<T>(sqrt_half))};
}

// ln(1 + f) = f - (half_square - tail), in terms of which only the first may be large.
template <typename T>
struct log_expansion {
  T half_square, tail;
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr log_expansion<T> log_terms(T f, T correction = T(0)) {
  T const s = f / (f + T(2));
  T const z = s * s;
  T const half_square = rounded(f * f * T(lane_t<T>(0.5)));
  return {half_square,
          fma(s, fma(z, polynomial(z, log_data<lane_t<T>>::c), half_square), correction)};
}

// k ln 2 + ln(1 + f) + correction. The order of the sums follows fdlibm's e_log.c: the largest
// terms come last, and f - f^2/2 stands in place of 2 s (1 + ...), which would round twice.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log_kernel(T k, T f, T correction) {
  using data = log_data<lane_t<T>>;
  auto const [half_square, low] = log_terms(f, fma(k, data::ln2_lo, correction));
  return fma(k, data::ln2_hi, f - (half_square - low));
}

// k ln 2 + ln(m) in two words, of which the second may be a tenth of the first.
template <Real T>
RAMP_ALWAYS_INLINE constexpr double_word<T> log_in_parts(T k, T m) {
  using data = log_data<lane_t<T>>;
  T const f = m - T(1);
  auto const [half_square, low] = log_terms(f, k * T(data::ln2_lo));
  auto const [sum, rest] = ordered_sum(rounded(k * T(data::ln2_hi)), f);
  return {sum, rest - (half_square - low)};
}

// kernel(k, m) where x = 2^k m with m in [sqrt(1/2), sqrt(2)), and what a logarithm gives for
// arguments that have none. Zero is -inf, below is NaN, infinity and NaN are themselves.
template <Real T, typename Kernel>
RAMP_ALWAYS_INLINE constexpr T logarithm(T x, Kernel kernel) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x || x == format<lane>::infinity) return x;
      if (x <= 0) return x == 0 ? -format<lane>::infinity : format<lane>::nan;
    }
  }
  // Whatever is not positive, normal and finite, in one comparison, and dealt with only if it is
  // there.
  constexpr auto smallest = to_bits(format<lane>::min_normal);
  constexpr auto range = to_bits(format<lane>::infinity) - smallest;
  bool const rare = any(to_bits(x) - bits_t<T>(smallest) >= bits_t<T>(range));
  T normal = x;
  T shift = T(0);
  if (rare) [[unlikely]] {
    auto const subnormal = x < T(format<lane>::min_normal);
    normal = select(subnormal, x * T(lane(1) / format<lane>::epsilon), x);
    shift = select(subnormal, T(static_cast<lane>(format<lane>::mantissa_bits)), T(0));
  }
  auto const [k, m] = reduce_log(normal);
  T r = kernel(k - shift, m);
  if (rare) [[unlikely]] {
    T const outside = select(x == T(0), T(-format<lane>::infinity), T(format<lane>::nan));
    r = select(x > T(0), select(x < T(format<lane>::infinity), r, x), outside);
  }
  return r;
}

// 1 + x = u + lost and u = 2^k (1 + f); where k = 0, x itself serves as f and nothing is lost.
// Precondition: x > -1 (other values give some number).
template <typename T>
struct log1p_reduction {
  T k, f, u, lost;
};

template <Real T>
RAMP_ALWAYS_INLINE constexpr log1p_reduction<T> reduce_log1p(T x) {
  T const u = T(1) + x;
  auto const [k, m] = reduce_log(u);
  // The larger summand comes first.
  T const lost = select(x < T(1), x - (u - T(1)), T(1) - (u - x));
  return {k, select(k == T(0), x, m - T(1)), u, lost};
}

// ln(1 + x + low) for |low| far below |x|, without cancellation near zero.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log1p_of_sum(T x, T low) {
  auto const [k, f, u, lost] = reduce_log1p(x);
  return log_kernel(k, f, (select(k == T(0), T(0), lost) + low) / u);
}

// ln(1 + n / d) for n / d > -1, the error of the quotient included.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log1p_of_quotient(double_word<T> n, double_word<T> d) {
  T const q = n.high / d.high;
  auto const back = two_product(q, d.high);
  T const residual = ((n.high - back.high) - back.low) + fma(-q, d.low, n.low);
  return log1p_of_sum(q, residual / d.high);
}

}  // namespace detail

/// The natural logarithm. log(0) = -inf, log(x < 0) = NaN, log(inf) = inf, log(1) = 0.
/// Within 0.9 ulp in float, 0.9 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log(T x) {
  return detail::logarithm(
      x, [](T k, T m) RAMP_LAMBDA_INLINE { return detail::log_kernel(k, m - T(1), T(0)); });
}

/// ln(1 + x) without cancellation near zero. log1p(-1) = -inf, log1p(x < -1) = NaN,
/// log1p(inf) = inf, log1p(-0) = -0.
/// Within 0.9 ulp in float, 0.9 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log1p(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x || x == format<lane>::infinity) return x;
      if (x <= -1) return x == -1 ? -format<lane>::infinity : format<lane>::nan;
    }
  }
  auto const [k, f, u, lost] = detail::reduce_log1p(x);
  T const r = detail::log_kernel(k, f, select(k == T(0), T(0), lost / u));
  T const inside =
      select(abs(x) < T(format<lane>::epsilon / 4), x, select(x < T(format<lane>::infinity), r, x));
  T const outside = select(x == T(-1), T(-format<lane>::infinity), T(format<lane>::nan));
  return select(x > T(-1), inside, outside);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
