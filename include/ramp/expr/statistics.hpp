// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/core/math.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

/// The operand without its mean along `set`.
constexpr value centered(builder& b, value const& v, unsigned set, double count) {
  value const mean = b.apply<op::mul>(b.fold<op::sum>(v, set), b.number(1.0 / count));
  return b.apply<op::sub>(v, b.unfold(mean, set, v.space));
}

/// How many elements come together along `set`.
constexpr int count_along(shape const& s, unsigned set) {
  return s.elements() / without_axes(s, set).elements();
}

template <int Correction, int... Axes>
struct variance_along {
  static constexpr shape result(shape const& s) { return without_axes(s, axis_set<Axes...>(s)); }
  static constexpr bool accepts(shape const& s) {
    return Correction >= 0 && axes_exist<Axes...>(s) &&
           count_along(s, axis_set<Axes...>(s)) > Correction;
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    unsigned const set = axis_set<Axes...>(operands[0].space);
    int const count = count_along(operands[0].space, set);
    value const distance = centered(b, operands[0], set, count);
    value const total = b.fold<op::sum>(b.apply<op::mul>(distance, distance), set);
    return b.apply<op::mul>(total, b.number(1.0 / (count - Correction)));
  }
};

/// The norm of the centered elements, so that where they are all equal the derivative is 0 and not
/// that of a square root.
template <int Correction, int... Axes>
struct standard_deviation_along {
  static constexpr shape result(shape const& s) { return without_axes(s, axis_set<Axes...>(s)); }
  static constexpr bool accepts(shape const& s) {
    return variance_along<Correction, Axes...>::accepts(s);
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    unsigned const set = axis_set<Axes...>(operands[0].space);
    int const count = count_along(operands[0].space, set);
    value const norm = b.fold<op::reduce_norm>(centered(b, operands[0], set, count), set);
    return b.apply<op::mul>(norm, b.number(1.0 / math::sqrt(double(count - Correction))));
  }
};

template <class A, int Correction, int Count>
inline constexpr bool enough_elements = Correction >= 0 && Count > Correction;

/// How many elements come together; where that is not known, as many as are needed.
template <class A, int Correction, int... Axes>
constexpr int deviations() {
  if constexpr (expression<A>)
    if constexpr (axes_exist<Axes...>(A::shape_of))
      return count_along(A::shape_of, axis_set<Axes...>(A::shape_of));
  return Correction + 1;
}

template <class A, int Correction, int Count>
constexpr auto require_count() {
  if constexpr (expression<A>)
    static_assert(enough_elements<A, Correction, Count>,
                  "ramp: variance<correction>(a) and standard_deviation<correction>(a) divide by "
                  "the number of elements less the correction, 0 or 1 as a rule; the two numbers "
                  "are the correction and the number of elements");
}

}  // namespace detail

/// The mean squared distance from the mean, over some axes, which the result does not have, or over
/// all of them. `variance<1>(a)` divides by one less than the number of elements: the estimate from
/// a sample. In two passes, so it is not negative and does not cancel.
template <int Correction = 0, operand A, int... Axes>
constexpr auto variance(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  detail::require_count<A, Correction, detail::deviations<A, Correction, Axes...>()>();
  return detail::call<detail::variance_along<Correction, Axes...>>(a);
}

/// The square root of the variance. The derivative where it is 0 is 0.
template <int Correction = 0, operand A, int... Axes>
constexpr auto standard_deviation(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  detail::require_count<A, Correction, detail::deviations<A, Correction, Axes...>()>();
  return detail::call<detail::standard_deviation_along<Correction, Axes...>>(a);
}

}  // namespace ramp
