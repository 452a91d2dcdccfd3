// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/elementwise.hpp>

namespace ramp {
// Functions with a kink take a subgradient policy as the last argument; without one that of the
// enclosing gradient or program counts.

template <operand A>
constexpr auto relu(A const& a) {
  return detail::call<op::relu>(a);
}
template <operand A, subgradient_policy Policy>
constexpr auto relu(A const& a, Policy) {
  return detail::call<detail::under<op::relu, Policy>>(a);
}
template <operand A>
constexpr auto abs(A const& a) {
  return detail::call<op::abs>(a);
}
template <operand A, subgradient_policy Policy>
constexpr auto abs(A const& a, Policy) {
  return detail::call<detail::under<op::abs, Policy>>(a);
}
template <class A, class B>
  requires(detail::one_operand<A, B> && (operand<B> || detail::number<B>))
constexpr auto max(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::max>(a, b);
}
template <class A, class B, subgradient_policy Policy>
  requires detail::one_operand<A, B>
constexpr auto max(A const& a, B const& b, Policy) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<detail::under<op::max, Policy>>(a, b);
}
template <class A, class B>
  requires(detail::one_operand<A, B> && (operand<B> || detail::number<B>))
constexpr auto min(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::min>(a, b);
}
template <class A, class B, subgradient_policy Policy>
  requires detail::one_operand<A, B>
constexpr auto min(A const& a, B const& b, Policy) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<detail::under<op::min, Policy>>(a, b);
}

/// x between the bounds, the nearer bound beyond; either may be an expression. Precondition:
/// low <= high. At a bound the derivative by x is 0 under `standard`.
template <class A, class Low, class High>
  requires(operand<A> || operand<Low> || operand<High>)
constexpr auto clamp(A const& x, Low const& low, High const& high) {
  detail::require_operands<A, Low, High>();
  detail::require_equal_shapes<A, Low>();
  detail::require_equal_shapes<A, High>();
  detail::require_equal_shapes<Low, High>();
  return detail::call<op::clamp>(x, low, high);
}
template <class A, class Low, class High, subgradient_policy Policy>
  requires(operand<A> || operand<Low> || operand<High>)
constexpr auto clamp(A const& x, Low const& low, High const& high, Policy) {
  detail::require_operands<A, Low, High>();
  detail::require_equal_shapes<A, Low>();
  detail::require_equal_shapes<A, High>();
  detail::require_equal_shapes<Low, High>();
  return detail::call<detail::under<op::clamp, Policy>>(x, low, high);
}

/// 1 where x > 0, -1 where x < 0, 0 where x is 0. A step: its derivative is zero.
template <operand A>
constexpr auto sign(A const& x) {
  return detail::call<op::sign>(x);
}

}  // namespace ramp
