// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/digamma.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// The series of polygamma_of_positive is summed up to start + start_per_order n. Below `tiny` every
// polygamma of order 1 and more overflows.
template <typename Lane>
struct polygamma_data;

template <>
struct polygamma_data<float> {
  static constexpr float start = 3.5f, start_per_order = 0.45f, tiny = 0x1p-70f;
};

template <>
struct polygamma_data<double> {
  static constexpr double start = 10.5, start_per_order = 1.25, tiny = 0x1p-600;
};

// B_2j / (2 j)! for j = 1, 2, ..., with the Bernoulli numbers.
inline constexpr double bernoulli_over_factorial[] = {
    0x1.5555555555555p-4,  -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15, -0x1.bbd779334ef0bp-21,
    0x1.66a8f2bf70ebep-26, -0x1.22805d644267fp-31, 0x1.d6db2c4e09162p-37, -0x1.7da4e1f79955cp-42};

template <Real T>
RAMP_ALWAYS_INLINE constexpr T power(T x, int n) {
  T r = T(1);
  for (; n > 0; n >>= 1) {
    if (n % 2 != 0) r = r * x;
    x = x * x;
  }
  return r;
}

// n! times the sum of 1 / (x + k)^(n + 1) over k >= 0, for n >= 1 and x >= 0: term by term while
// x + k < start + start_per_order n, where the formula of Euler and Maclaurin with eight Bernoulli
// numbers takes over; the next number would add no more than the precision. The terms are taken
// relative to (n - 1)! / x^n, to which the sum tends for large x.
template <Real T>
RAMP_NOINLINE constexpr T polygamma_of_positive(int n, T const& x) {
  using lane = lane_t<T>;
  using data = polygamma_data<lane>;
  auto const order = static_cast<lane>(n);
  T const limit = T(data::start + data::start_per_order * order);
  T count = select(x < limit, T(1), T(0));
  T z = x + count;
  double_word<T> terms{count, T(0)};
  for (auto summed = z < limit; any(summed); summed = z < limit) {
    auto const [sum, rest] = ordered_sum(terms.high, select(summed, power(x / z, n + 1), T(0)));
    terms = {sum, terms.low + rest};
    count += select(summed, T(1), T(0));
    z = x + count;
  }
  T const inverse = T(1) / z;
  T const w = inverse * inverse;
  T series = fma(inverse, T(order * lane(0.5)), T(1));
  T rising = T(order * (order + 1)) * w;
  lane next = order + 2;
  for (double const b : bernoulli_over_factorial) {
    series = fma(rising, static_cast<lane>(b), series);
    rising = rising * (T(next * (next + 1)) * w);
    next += 2;
  }
  T const sum = fma(T(order) / x, terms.high + terms.low, power(x / z, n) * series);
  T factor = T(1) / x;
  for (int k = 1; k < n; ++k) {
    T const next_factor = T(static_cast<lane>(k)) / x;
    if constexpr (ScalarReal<T>) {
      if (__builtin_is_constant_evaluated()) {
        if (next_factor > 1 && factor > format<lane>::max / next_factor)
          return format<lane>::infinity;
      }
    }
    factor = factor * next_factor;
  }
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && sum > 1 && factor > format<lane>::max / sum) {
      return format<lane>::infinity;
    }
  }
  return select(x < T(format<lane>::infinity), factor * sum, T(1) / x);
}

}  // namespace detail

/// The error of polygamma(n, x), in ulp, as it is stated there.
constexpr double polygamma_ulp(double n) { return 6.0 + n; }

/// The n-th derivative of digamma, by its series and the formula of Euler and Maclaurin; negative x
/// by reflection. polygamma(0, x) = digamma(x); n < 0 gives NaN. At 0, -1, -2, ... it is inf for
/// odd n; for even n -+inf at +-0, NaN at the others. It tends to 0 for large x; at -inf NaN.
/// Within polygamma_ulp(n), 6 + n, ulp for positive x; for negative x within as many of the largest
/// of the result, the value at 1 - x and that at the distance from x to the next pole. Costs up to
/// 12 + 1.25 n steps (5 + n / 2 in float) of some 2 log2(n) multiplications and a division, the
/// more the smaller |x|, and three times that for negative x.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T polygamma(int n, T x) {
  using lane = lane_t<T>;
  T const nan = T(format<lane>::nan);
  if (n <= 0) return n == 0 ? digamma(x) : nan;
  bool const odd = n % 2 != 0;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (isinf(x)) return x > 0 ? copysign(lane(0), odd ? lane(1) : lane(-1)) : nan;
      if (abs(x) < detail::polygamma_data<lane>::tiny) {
        return odd ? format<lane>::infinity : copysign(format<lane>::infinity, -x);
      }
      if (x < 0 && trunc(x) == x) return odd ? format<lane>::infinity : nan;
    }
  }
  auto const negative = x < T(0);
  T const magnitude = detail::polygamma_of_positive(n, select(negative, T(1) - x, x));
  T r = odd ? magnitude : -magnitude;
  if (any(negative)) [[unlikely]] {
    // The reflection at x and at its distance q to the next pole: what it adds has period 1, and
    // prevails where it overflows.
    T const rest = x - round_to_even(x);
    T const q = abs(rest);
    T const at_pole = detail::polygamma_of_positive(n, q);
    T const beyond = detail::polygamma_of_positive(n, T(1) - q);
    T const infinity = T(format<lane>::infinity);
    auto const between = q == T(lane(0.5));  // where the two cancel if n is even
    auto const overflow = at_pole == infinity;
    T const limit = odd ? infinity : select(between, -magnitude, copysign(infinity, -rest));
    T const difference = select(overflow, T(0), beyond) - select(overflow, T(0), at_pole);
    T const periodic = odd ? at_pole + beyond : copysign(T(1), rest) * difference;
    T const finite = periodic - select(overflow, T(0), magnitude);
    T const reflected = select(overflow, limit, finite);
    r = select(negative, odd ? reflected : select(q == T(0), nan, reflected), r);
  }
  return r;
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
