// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/constant.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/softmax.hpp>
#include <ramp/nn/activation_along.hpp>

// Activation functions beside relu, sigmoid, tanh and softplus, element by element. Those with a
// kink take a subgradient policy as the last argument.

namespace ramp {

/// x where x > 0, Slope * x elsewhere. At 0 the derivative is Slope + (1 - Slope) * s, where s is
/// that of relu under the policy in force: Slope under `standard`.
template <double Slope = 0.01, operand A>
constexpr auto leaky_relu(A const& x) {
  return detail::call<op::leaky_relu>(x, constant<Slope>);
}
template <double Slope = 0.01, operand A, subgradient_policy Policy>
constexpr auto leaky_relu(A const& x, Policy) {
  return detail::call<detail::under<op::leaky_relu, Policy>>(x, constant<Slope>);
}

/// The same with a slope that is an expression: a parameter, if it is to be learned.
template <operand A, class Slope>
constexpr auto parametric_relu(A const& x, Slope const& slope) {
  detail::require_operands<A, Slope>();
  detail::require_equal_shapes<A, Slope>();
  return detail::call<op::leaky_relu>(x, slope);
}
template <operand A, class Slope, subgradient_policy Policy>
constexpr auto parametric_relu(A const& x, Slope const& slope, Policy) {
  detail::require_operands<A, Slope>();
  detail::require_equal_shapes<A, Slope>();
  return detail::call<detail::under<op::leaky_relu, Policy>>(x, slope);
}

/// min(relu(x), 6), with the conventions of relu6.
template <operand A>
constexpr auto relu6(A const& x) {
  return detail::call<op::relu6>(x);
}
template <operand A, subgradient_policy Policy>
constexpr auto relu6(A const& x, Policy) {
  return detail::call<detail::under<op::relu6, Policy>>(x);
}

/// x between -1 and 1, these bounds beyond.
template <operand A>
constexpr auto hard_tanh(A const& x) {
  return detail::call<op::hard_tanh>(x);
}
template <operand A, subgradient_policy Policy>
constexpr auto hard_tanh(A const& x, Policy) {
  return detail::call<detail::under<op::hard_tanh, Policy>>(x);
}

/// relu6(x + 3) / 6.
template <operand A>
constexpr auto hard_sigmoid(A const& x) {
  return detail::call<op::hard_sigmoid>(x);
}
template <operand A, subgradient_policy Policy>
constexpr auto hard_sigmoid(A const& x, Policy) {
  return detail::call<detail::under<op::hard_sigmoid, Policy>>(x);
}

/// x * hard_sigmoid(x), with the conventions of hard_swish.
template <operand A>
constexpr auto hard_swish(A const& x) {
  return detail::call<op::hard_swish>(x);
}
template <operand A, subgradient_policy Policy>
constexpr auto hard_swish(A const& x, Policy) {
  return detail::call<detail::under<op::hard_swish, Policy>>(x);
}

/// x where x > 0, Alpha (exp(x) - 1) elsewhere: with a kink at 0 unless Alpha is 1.
template <double Alpha = 1.0, operand A>
constexpr auto elu(A const& x) {
  return detail::call<op::elu>(x, constant<Alpha>);
}
template <double Alpha = 1.0, operand A, subgradient_policy Policy>
constexpr auto elu(A const& x, Policy) {
  return detail::call<detail::under<op::elu, Policy>>(x, constant<Alpha>);
}

/// elu with the two constants that keep mean and variance of normal inputs.
template <operand A>
constexpr auto selu(A const& x) {
  return detail::call<op::selu>(x);
}
template <operand A, subgradient_policy Policy>
constexpr auto selu(A const& x, Policy) {
  return detail::call<detail::under<op::selu, Policy>>(x);
}

/// x / (1 + |x|).
template <operand A>
constexpr auto softsign(A const& x) {
  return detail::call<op::softsign>(x);
}

/// x * sigmoid(x), also known as swish.
template <operand A>
constexpr auto silu(A const& x) {
  return detail::call<op::silu>(x);
}

/// x times the probability that a normal variate is below x; and its approximation by tanh.
template <operand A>
constexpr auto gelu(A const& x) {
  return detail::call<op::gelu>(x);
}
template <operand A>
constexpr auto gelu_tanh(A const& x) {
  return detail::call<op::gelu_tanh>(x);
}

/// x * tanh(softplus(x)).
template <operand A>
constexpr auto mish(A const& x) {
  return detail::call<op::mish>(x);
}

/// log(sigmoid(x)).
template <operand A>
constexpr auto log_sigmoid(A const& x) {
  return detail::call<op::log_sigmoid>(x);
}

/// x where x > 0, Alpha (exp(x / Alpha) - 1) elsewhere: differentiable at 0.
template <double Alpha = 1.0, operand A>
constexpr auto celu(A const& x) {
  static_assert(Alpha > 0.0, "ramp: celu<alpha>(x) takes alpha > 0");
  return detail::call<op::celu>(x, constant<Alpha>);
}

/// x where x > Theta, the number Value elsewhere: a jump, with the derivative 0 at Theta.
template <double Theta, double Value, operand A>
constexpr auto threshold(A const& x) {
  return detail::call<op::threshold>(x, constant<Theta>, constant<Value>);
}

/// Activation functions as objects, for `sequential`.
namespace activation {

inline constexpr auto relu = [](auto const& x) { return ramp::relu(x); };
inline constexpr auto leaky_relu = [](auto const& x) { return ramp::leaky_relu(x); };
inline constexpr auto relu6 = [](auto const& x) { return ramp::relu6(x); };
inline constexpr auto hard_tanh = [](auto const& x) { return ramp::hard_tanh(x); };
inline constexpr auto hard_sigmoid = [](auto const& x) { return ramp::hard_sigmoid(x); };
inline constexpr auto hard_swish = [](auto const& x) { return ramp::hard_swish(x); };
inline constexpr auto elu = [](auto const& x) { return ramp::elu(x); };
inline constexpr auto selu = [](auto const& x) { return ramp::selu(x); };
inline constexpr auto softsign = [](auto const& x) { return ramp::softsign(x); };
inline constexpr auto sigmoid = [](auto const& x) { return ramp::sigmoid(x); };
inline constexpr auto log_sigmoid = [](auto const& x) { return ramp::log_sigmoid(x); };
inline constexpr auto tanh = [](auto const& x) { return ramp::tanh(x); };
inline constexpr auto softplus = [](auto const& x) { return ramp::softplus(x); };
inline constexpr auto silu = [](auto const& x) { return ramp::silu(x); };
inline constexpr auto gelu = [](auto const& x) { return ramp::gelu(x); };
inline constexpr auto gelu_tanh = [](auto const& x) { return ramp::gelu_tanh(x); };
inline constexpr auto mish = [](auto const& x) { return ramp::mish(x); };
inline constexpr auto celu = [](auto const& x) { return ramp::celu(x); };
inline constexpr auto softmax = [](auto const& x) { return ramp::softmax(x); };
inline constexpr auto log_softmax = [](auto const& x) { return ramp::log_softmax(x); };
inline constexpr auto glu = [](auto const& x) { return ramp::glu(x); };
template <int Pieces>
inline constexpr auto maxout = [](auto const& x) { return ramp::maxout<Pieces>(x); };

}  // namespace activation
}  // namespace ramp
