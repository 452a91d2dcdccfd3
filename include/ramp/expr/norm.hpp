// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <type_traits>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

/// `Op` along some axes, of the absolute values unless it is a norm of its own.
template <class Op, class Policy, int... Axes>
struct norm_over {
  static constexpr shape result(shape const& s) { return without_axes(s, axis_set<Axes...>(s)); }
  static constexpr bool accepts(shape const& s) { return axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    value v = operands[0];
    if constexpr (!std::is_same_v<Op, op::reduce_norm>)
      v = b.elementwise(code<op::abs>, Policy::value, operands);
    return b.fold<Op>(v, axis_set<Axes...>(v.space), Policy::value);
  }
};

template <class Op, class Policy, int... Axes, class A>
constexpr auto norm(A const& a) {
  if constexpr (require_choice<Policy>()) return call<norm_over<Op, Policy, Axes...>>(a);
}

}  // namespace detail

// Norms along some axes, which the result does not have, or of all elements. A policy for this use
// comes last: `norm1(v, symmetric)`, `norm1(A, axis<1>, symmetric)`.

/// The sum of the absolute values; the derivative where an element is 0 is that of abs.
template <operand A, int... Axes, subgradient_policy Policy = inherited_policy>
constexpr auto norm1(A const& a, axes<Axes...> = {}, Policy = {}) {
  detail::require_axes<A, Axes...>();
  return detail::norm<op::sum, Policy, Axes...>(a);
}
template <operand A, subgradient_policy Policy>
constexpr auto norm1(A const& a, Policy) {
  return detail::norm<op::sum, Policy>(a);
}
/// The square root of the sum of squares: no square overflows or underflows. The derivative where
/// the norm is 0 is 0. Within 1.3 ulp for each element.
template <operand A, int... Axes, subgradient_policy Policy = inherited_policy>
constexpr auto norm2(A const& a, axes<Axes...> = {}, Policy = {}) {
  detail::require_axes<A, Axes...>();
  return detail::norm<op::reduce_norm, Policy, Axes...>(a);
}
template <operand A, subgradient_policy Policy>
constexpr auto norm2(A const& a, Policy) {
  return detail::norm<op::reduce_norm, Policy>(a);
}
/// The largest absolute value; elements that tie for it share its derivative evenly.
template <operand A, int... Axes, subgradient_policy Policy = inherited_policy>
constexpr auto norm_inf(A const& a, axes<Axes...> = {}, Policy = {}) {
  detail::require_axes<A, Axes...>();
  return detail::norm<op::reduce_max, Policy, Axes...>(a);
}
template <operand A, subgradient_policy Policy>
constexpr auto norm_inf(A const& a, Policy) {
  return detail::norm<op::reduce_max, Policy>(a);
}

}  // namespace ramp
