// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

/// The largest element along `set`, without which exponentials are at most 1. To the derivative it
/// is a constant, because its contributions cancel; so its kinks are nobody's.
constexpr value largest_along(builder& b, value const& v, unsigned set) {
  return b.apply<op::stop_gradient>(b.fold<op::reduce_max>(v, set, standard.value));
}

constexpr value shifted(builder& b, value const& v, unsigned set) {
  return b.apply<op::sub>(v, b.unfold(largest_along(b, v, set), set, v.space));
}

constexpr value sum_of_exponentials(builder& b, value const& shifted_operand, unsigned set) {
  return b.fold<op::sum>(b.apply<op::exp>(shifted_operand), set);
}

template <int... Axes>
struct softmax_along {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr bool accepts(shape const& s) { return s.rank > 0 && axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    unsigned const set = axis_or_last<Axes...>(operands[0].space);
    value const e = b.apply<op::exp>(shifted(b, operands[0], set));
    return b.apply<op::div>(e, b.unfold(b.fold<op::sum>(e, set), set, e.space));
  }
};

template <int... Axes>
struct log_softmax_along {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr bool accepts(shape const& s) { return s.rank > 0 && axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    unsigned const set = axis_or_last<Axes...>(operands[0].space);
    value const v = shifted(b, operands[0], set);
    value const total = b.apply<op::log>(sum_of_exponentials(b, v, set));
    return b.apply<op::sub>(v, b.unfold(total, set, v.space));
  }
};

template <int... Axes>
struct logsumexp_along {
  static constexpr shape result(shape const& s) {
    return without_axes(s, axis_or_last<Axes...>(s));
  }
  static constexpr bool accepts(shape const& s) { return s.rank > 0 && axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    value const& v = operands[0];
    unsigned const set = axis_or_last<Axes...>(v.space);
    value const largest = largest_along(b, v, set);
    value const rest = b.apply<op::sub>(v, b.unfold(largest, set, v.space));
    return b.apply<op::add>(b.apply<op::log>(sum_of_exponentials(b, rest, set)), largest);
  }
};

}  // namespace detail

/// exp(a) divided by its sum along an axis, the last unless named. Safe for any finite a; in this
/// and its relatives -infinity counts as exp(a) = 0, and where the largest element is infinite the
/// result is NaN.
template <operand A, int... Axes>
constexpr auto softmax(A const& a, axes<Axes...> = {}) {
  detail::require_an_axis<A>();
  detail::require_axes<A, Axes...>();
  return detail::call<detail::softmax_along<Axes...>>(a);
}

/// The logarithm of `softmax(a)`, finite also where that is 0.
template <operand A, int... Axes>
constexpr auto log_softmax(A const& a, axes<Axes...> = {}) {
  detail::require_an_axis<A>();
  detail::require_axes<A, Axes...>();
  return detail::call<detail::log_softmax_along<Axes...>>(a);
}

/// The logarithm of the sum of exp(a) along an axis, the last unless named. Cannot overflow.
template <operand A, int... Axes>
constexpr auto logsumexp(A const& a, axes<Axes...> = {}) {
  detail::require_an_axis<A>();
  detail::require_axes<A, Axes...>();
  return detail::call<detail::logsumexp_along<Axes...>>(a);
}

}  // namespace ramp
