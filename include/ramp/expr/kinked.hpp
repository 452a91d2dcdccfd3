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
  return detail::binary<op::max>(a, b);
}
template <class A, class B, subgradient_policy Policy>
  requires detail::one_operand<A, B>
constexpr auto max(A const& a, B const& b, Policy) {
  return detail::binary<detail::under<op::max, Policy>>(a, b);
}
template <class A, class B>
  requires(detail::one_operand<A, B> && (operand<B> || detail::number<B>))
constexpr auto min(A const& a, B const& b) {
  return detail::binary<op::min>(a, b);
}
template <class A, class B, subgradient_policy Policy>
  requires detail::one_operand<A, B>
constexpr auto min(A const& a, B const& b, Policy) {
  return detail::binary<detail::under<op::min, Policy>>(a, b);
}

}  // namespace ramp
