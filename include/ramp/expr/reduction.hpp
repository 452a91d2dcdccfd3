// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>

namespace ramp {

/// The axes of a tensor that a function runs along, from 0: `sum(A, axis<0>)`,
/// `mean(A, axis<0, 2>)`.
template <int... Axes>
struct axes {};
template <int... Axes>
inline constexpr axes<Axes...> axis{};

namespace detail {

/// The set of axes as bits; all of them where none is named.
template <int... Axes>
constexpr unsigned axis_set(shape const& s) {
  if constexpr (sizeof...(Axes) == 0) return (1u << s.rank) - 1u;
  else return (axis_bit(Axes) | ...);
}

template <int... Axes>
constexpr bool axes_exist(shape const& s) {
  return ((Axes >= 0 && Axes < s.rank) && ...);
}

constexpr shape without_axes(shape const& s, unsigned set) {
  shape result;
  for (int d = 0; d < s.rank; ++d)
    if ((set >> d & 1u) == 0) result[result.rank++] = s[d];
  return result;
}

/// `Op` over some axes, its kinks under `Policy`; Divide: divided by the number of elements.
template <class Op, bool Divide, class Policy, int... Axes>
struct fold_over {
  static constexpr shape result(shape const& s) { return without_axes(s, axis_set<Axes...>(s)); }
  static constexpr bool accepts(shape const& s) { return axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const s = operands[0].space;
    value const folded = b.fold<Op>(operands[0], axis_set<Axes...>(s), Policy::value);
    if constexpr (!Divide) return folded;
    else {
      double const count = static_cast<double>(s.elements()) / folded.space.elements();
      return b.apply<op::mul>(folded, b.number(1.0 / count));
    }
  }
};

template <class A, int Dimensions, int... Axes>
inline constexpr bool are_axes = ((0 <= Axes && Axes < Dimensions) && ...);
/// Bits that are different add up to their union.
template <class A, int... Axes>
inline constexpr bool are_different_axes =
    (0u + ... + axis_bit(Axes)) == (0u | ... | axis_bit(Axes));

/// Of a traced value no more is known than how many axes there can be.
template <class A>
constexpr int most_axes() {
  if constexpr (expression<A>) return A::shape_of.rank;
  else return max_rank;
}

template <class A, int... Axes, int Dimensions = most_axes<A>()>
constexpr auto require_axes() {
  static_assert(are_axes<A, Dimensions, Axes...>,
                "ramp: there is no such axis; the numbers are how many axes the operand has, and "
                "those that are named. Axes are numbered from 0");
  static_assert(are_different_axes<A, Axes...>,
                "ramp: an axis is named twice; the numbers are the axes. Leave one of them out");
}

/// The axis that is named, or the last one.
template <int... Axes>
constexpr unsigned axis_or_last(shape const& s) {
  if constexpr (sizeof...(Axes) == 0) return s.rank == 0 ? 0u : 1u << (s.rank - 1);
  else return axis_set<Axes...>(s);
}

template <int... Axis>
constexpr int one_axis(shape const& s) {
  int axis = s.rank - 1;
  ((axis = Axis), ...);
  return axis;
}

template <class A>
inline constexpr bool is_no_scalar = rank_of<A>() > 0;

template <class A>
constexpr auto require_an_axis() {
  if constexpr (expression<A>)
    static_assert(is_no_scalar<A>,
                  "ramp: softmax, cumulative_sum and their like run along an axis, the last unless "
                  "another is named; the operand is a scalar, which has none");
}
template <int... Axis>
constexpr auto require_one_axis() {
  static_assert(sizeof...(Axis) <= 1,
                "ramp: this function runs along one axis; name one of them, as in axis<0>");
}

template <class Op, bool Divide, int... Axes, class A, class Policy = inherited_policy>
constexpr auto fold(A const& a, Policy = {}) {
  if constexpr (require_choice<Policy>()) return call<fold_over<Op, Divide, Policy, Axes...>>(a);
}

}  // namespace detail

/// The sum over some axes, which the result does not have, or over all of them.
template <operand A, int... Axes>
constexpr auto sum(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  return detail::fold<op::sum, false, Axes...>(a);
}
template <operand A, int... Axes>
constexpr auto mean(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  return detail::fold<op::sum, true, Axes...>(a);
}
/// The derivative by an element is the product of the others, exact also where elements are 0.
template <operand A, int... Axes>
constexpr auto product(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  return detail::fold<op::reduce_product, false, Axes...>(a);
}
/// The largest element; elements that tie for it share its derivative evenly. A policy for this use
/// comes last: `max(v, smooth<0.1>)`, `max(A, axis<1>, trap)`.
template <operand A, int... Axes, subgradient_policy Policy = inherited_policy>
constexpr auto max(A const& a, axes<Axes...> = {}, Policy policy = {}) {
  detail::require_axes<A, Axes...>();
  return detail::fold<op::reduce_max, false, Axes...>(a, policy);
}
template <operand A, subgradient_policy Policy>
constexpr auto max(A const& a, Policy policy) {
  return detail::fold<op::reduce_max, false>(a, policy);
}
template <operand A, int... Axes, subgradient_policy Policy = inherited_policy>
constexpr auto min(A const& a, axes<Axes...> = {}, Policy policy = {}) {
  detail::require_axes<A, Axes...>();
  return detail::fold<op::reduce_min, false, Axes...>(a, policy);
}
template <operand A, subgradient_policy Policy>
constexpr auto min(A const& a, Policy policy) {
  return detail::fold<op::reduce_min, false>(a, policy);
}

}  // namespace ramp
