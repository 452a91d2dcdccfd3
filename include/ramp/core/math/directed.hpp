// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/math/scalar.hpp>

// Arithmetic that is never on the wrong side of the exact result, without a change of the rounding
// mode, which neither constant evaluation nor an optimiser knows of. `side` is 1 for results that
// are not less than the exact one, -1 for results that are not greater. A result that needs no
// rounding is exact if it is no extreme number; any other is at most two numbers beyond the nearest
// that would do. They are for intervals: an infinite operand is an end that has no bound, so that
// zero times it is zero.

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

/// The largest number with which no step of the computation of an error overflows, and the least
/// product whose error is a number.
template <Real T>
inline constexpr auto largest_ordinary =
    format<lane_t<T>>::max * static_cast<lane_t<T>>(0x1p-30);
template <Real T>
inline constexpr auto least_ordinary =
    4 * format<lane_t<T>>::min_normal / format<lane_t<T>>::epsilon;

/// x moved by `units` units in the last place of `size` and as many times `floor`.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T moved(T x, T size, T floor, T units) {
  using lane = lane_t<T>;
  T const limit = T(format<lane>::max);
  T const step = units * (abs(size) * T(format<lane>::epsilon) + floor);
  auto const finite = abs(x) <= limit;
  T const next = select(finite, select(finite, x, T(0)) + step, x);
  // what overflowed to the other side is the largest number
  T const end = select(units < T(0), select(next > limit, limit, next),
                       select(next < -limit, -limit, next));
  return select(step == step, end, step);
}

/// A number beyond x on the side: the next, or the next but one.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T beyond(T x, T side) {
  return moved(x, x, T(std::numeric_limits<lane_t<T>>::denorm_min()), side);
}

/// x, or NaN if an operand is.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T unless_nan(T a, T b, T x) {
  return select(a == a, select(b == b, x, b), a);
}

}  // namespace detail

/// a + b.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T sum_toward(T a, T b, T side) {
  T const size = max(abs(a), abs(b));
  auto const ordinary = size <= T(detail::largest_ordinary<T>);
  auto const sum = detail::two_sum(rounded(select(ordinary, a, T(0))),
                                   rounded(select(ordinary, b, T(0))));
  T const exact = select(sum.low * side > T(0), detail::beyond(sum.high, side), sum.high);
  T const large = a + b;
  auto const bounded = size <= T(format<lane_t<T>>::max);
  return select(ordinary, exact, select(bounded, detail::beyond(large, side), large));
}

/// a * b.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T product_toward(T a, T b, T side) {
  T const least = min(abs(a), abs(b));
  auto const zero = least == T(0);
  T const x = select(zero, T(0), a);
  T const y = select(zero, T(0), b);
  T const size = max(abs(x), abs(y));
  auto const ordinary = size <= T(detail::largest_ordinary<T>);
  auto const product = detail::two_product(rounded(select(ordinary, x, T(0))),
                                           rounded(select(ordinary, y, T(0))));
  T const nearest = x * y;
  T const exact = select(product.low * side > T(0), detail::beyond(nearest, side), nearest);
  auto const unbounded = size > T(format<lane_t<T>>::max);
  T const other = select(zero, nearest, select(unbounded, nearest, detail::beyond(nearest, side)));
  // an error is known if it could not overflow or underflow
  T const known = select(abs(product.high) >= T(detail::least_ordinary<T>), exact, other);
  T const result = select(abs(nearest) <= T(format<lane_t<T>>::max), known, other);
  return detail::unless_nan(a, b, select(ordinary, result, other));
}

/// a / b; NaN where b is 0.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T quotient_toward(T a, T b, T side) {
  T const divisor = select(b == T(0), T(1), b);
  T const nearest = a / divisor;
  T const size = max(max(abs(a), abs(divisor)), abs(nearest));
  // what is left of a is a number, if nothing overflows or underflows
  T const limit = T(detail::largest_ordinary<T>);
  auto const known = select(abs(a) >= T(detail::least_ordinary<T>), size, limit * T(2)) <= limit;
  auto const product = detail::two_product(rounded(select(known, nearest, T(0))),
                                           rounded(select(known, divisor, T(1))));
  T const rest = (select(known, a, T(0)) - product.high) - product.low;
  T const toward = select(divisor < T(0), -rest, rest) * side;
  T const exact = select(toward > T(0), detail::beyond(nearest, side), nearest);
  T const moved = select(a == T(0), nearest, detail::beyond(nearest, side));
  T const other = select(abs(a) > T(format<lane_t<T>>::max), nearest, moved);
  T const result = select(b == T(0), T(format<lane_t<T>>::nan), select(known, exact, other));
  return detail::unless_nan(a, b, result);
}

/// x moved by `units` units in the last place of `size`, to the side of the sign of `units`, and
/// by as many of the smallest numbers, if `floor` is 1: beyond the exact value of what is known to
/// have no larger error. Precondition: floor is 0 or 1.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T moved_outward(T x, T size, T floor, T units) {
  return detail::moved(x, size, floor * T(std::numeric_limits<lane_t<T>>::denorm_min()), units);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
