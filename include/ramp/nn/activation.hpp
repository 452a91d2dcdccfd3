// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/constant.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/softmax.hpp>

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

/// x * sigmoid(x), also known as swish.
template <operand A>
constexpr auto silu(A const& x) {
  return detail::call<op::silu>(x);
}

/// x times the probability that a normal variate is below x, in terms of erf, not of tanh.
/// Source: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016.
template <operand A>
constexpr auto gelu(A const& x) {
  return hadamard(constant<0.5> * x, constant<1.0> + erf(constant<0.70710678118654752440> * x));
}

/// Activation functions as objects, for `sequential`.
namespace activation {

inline constexpr auto relu = [](auto const& x) { return ramp::relu(x); };
inline constexpr auto leaky_relu = [](auto const& x) { return ramp::leaky_relu(x); };
inline constexpr auto sigmoid = [](auto const& x) { return ramp::sigmoid(x); };
inline constexpr auto tanh = [](auto const& x) { return ramp::tanh(x); };
inline constexpr auto silu = [](auto const& x) { return ramp::silu(x); };
inline constexpr auto gelu = [](auto const& x) { return ramp::gelu(x); };
inline constexpr auto softmax = [](auto const& x) { return ramp::softmax(x); };

}  // namespace activation
}  // namespace ramp
