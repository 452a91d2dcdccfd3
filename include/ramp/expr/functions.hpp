// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/elementwise.hpp>

// Smooth functions and steps, element by element. What each gives at the ends of its domain and at
// infinity stands in its file in op/. Scalars repeat themselves, all other operands have one shape.

namespace ramp {

// ---- the commonest ------------------------------------------------------------------------------

template <operand A>
constexpr auto exp(A const& a) {
  return detail::call<op::exp>(a);
}
template <operand A>
constexpr auto log(A const& a) {
  return detail::call<op::log>(a);
}
/// The derivative at 0 is infinite.
template <operand A>
constexpr auto sqrt(A const& a) {
  return detail::call<op::sqrt>(a);
}
template <operand A>
constexpr auto sin(A const& a) {
  return detail::call<op::sin>(a);
}
template <operand A>
constexpr auto cos(A const& a) {
  return detail::call<op::cos>(a);
}
template <operand A>
constexpr auto tanh(A const& a) {
  return detail::call<op::tanh>(a);
}
/// 1 / (1 + exp(-a)).
template <operand A>
constexpr auto sigmoid(A const& a) {
  return detail::call<op::sigmoid>(a);
}
/// log(1 + exp(a)).
template <operand A>
constexpr auto softplus(A const& a) {
  return detail::call<op::softplus>(a);
}
template <operand A>
constexpr auto erf(A const& a) {
  return detail::call<op::erf>(a);
}
/// The value of a, constant to every derivative.
template <operand A>
constexpr auto stop_gradient(A const& a) {
  return detail::call<op::stop_gradient>(a);
}
/// a to the power b.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto pow(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::pow>(a, b);
}

// ---- more exponentials, logarithms, roots -------------------------------------------------------

/// 2^a.
template <operand A>
constexpr auto exp2(A const& a) {
  return detail::call<op::exp2>(a);
}
/// e^a - 1, without cancellation near 0.
template <operand A>
constexpr auto expm1(A const& a) {
  return detail::call<op::expm1>(a);
}
/// The logarithm to base 2.
template <operand A>
constexpr auto log2(A const& a) {
  return detail::call<op::log2>(a);
}
/// log(1 + a), without cancellation near 0.
template <operand A>
constexpr auto log1p(A const& a) {
  return detail::call<op::log1p>(a);
}
/// a * a, element by element.
template <operand A>
constexpr auto square(A const& a) {
  return detail::call<op::square>(a);
}
/// The cube root; its derivative at 0 is infinite.
template <operand A>
constexpr auto cbrt(A const& a) {
  return detail::call<op::cbrt>(a);
}
/// 1 / sqrt(a).
template <operand A>
constexpr auto rsqrt(A const& a) {
  return detail::call<op::rsqrt>(a);
}
/// sqrt(a * a + b * b) without overflow. At (0, 0) the derivative is 0.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto hypot(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::hypot>(a, b);
}
/// a * b + c, rounded once where the target has such an instruction.
template <class A, class B, class C>
  requires(operand<A> || operand<B> || operand<C>)
constexpr auto fma(A const& a, B const& b, C const& c) {
  detail::require_operands<A, B, C>();
  detail::require_equal_shapes<A, B>();
  detail::require_equal_shapes<A, C>();
  detail::require_equal_shapes<B, C>();
  return detail::call<op::fma>(a, b, c);
}
/// x * log(y), and 0 where x is 0.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto xlogy(A const& x, B const& y) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::xlogy>(x, y);
}
/// log(exp(a) + exp(b)), which cannot overflow.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto logaddexp(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::logaddexp>(a, b);
}
/// log(a / (1 - a)), the inverse of sigmoid.
template <operand A>
constexpr auto logit(A const& a) {
  return detail::call<op::logit>(a);
}

// ---- angles and hyperbolic functions ------------------------------------------------------------

template <operand A>
constexpr auto tan(A const& a) {
  return detail::call<op::tan>(a);
}
template <operand A>
constexpr auto asin(A const& a) {
  return detail::call<op::asin>(a);
}
template <operand A>
constexpr auto acos(A const& a) {
  return detail::call<op::acos>(a);
}
template <operand A>
constexpr auto atan(A const& a) {
  return detail::call<op::atan>(a);
}
/// The angle of the point (x, y), in [-pi, pi].
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto atan2(A const& y, B const& x) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::atan2>(y, x);
}
template <operand A>
constexpr auto sinh(A const& a) {
  return detail::call<op::sinh>(a);
}
template <operand A>
constexpr auto cosh(A const& a) {
  return detail::call<op::cosh>(a);
}
template <operand A>
constexpr auto asinh(A const& a) {
  return detail::call<op::asinh>(a);
}
template <operand A>
constexpr auto acosh(A const& a) {
  return detail::call<op::acosh>(a);
}
template <operand A>
constexpr auto atanh(A const& a) {
  return detail::call<op::atanh>(a);
}

// ---- the normal distribution --------------------------------------------------------------------

/// 1 - erf(a), without cancellation for large a.
template <operand A>
constexpr auto erfc(A const& a) {
  return detail::call<op::erfc>(a);
}
/// The density of the standard normal distribution.
template <operand A>
constexpr auto normal_pdf(A const& a) {
  return detail::call<op::normal_pdf>(a);
}
/// The standard normal distribution function, accurate in the lower tail.
template <operand A>
constexpr auto normal_cdf(A const& a) {
  return detail::call<op::normal_cdf>(a);
}
/// The logarithm of the density of the standard normal distribution.
template <operand A>
constexpr auto log_normal_pdf(A const& a) {
  return detail::call<op::log_normal_pdf>(a);
}

/// The logarithm of the standard normal distribution function, also where that underflows.
template <operand A>
constexpr auto log_normal_cdf(A const& a) {
  return detail::call<op::log_normal_cdf>(a);
}

// ---- the gamma function -------------------------------------------------------------------------

/// log(|Gamma(a)|), whose derivative is digamma.
template <operand A>
constexpr auto lgamma(A const& a) {
  return detail::call<op::lgamma>(a);
}
/// The derivative of lgamma.
template <operand A>
constexpr auto digamma(A const& a) {
  return detail::call<op::digamma>(a);
}

namespace detail {

template <int Order>
struct polygamma_of {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr value build(builder&, std::array<value, 1> const& operands) {
    value made = operands[0].combine<op::polygamma>(Order);
    made.space = operands[0].space;
    return made;
  }
};

}  // namespace detail

/// The derivative of order Order of digamma, Order from 1 to 20: within 4 + 2 * Order ulp.
template <int Order, operand A>
constexpr auto polygamma(A const& a) {
  static_assert(Order >= 1 && Order <= 20,
                "ramp: polygamma<n>(x) takes n from 1 to 20; the 0-th is digamma(x)");
  return detail::call<detail::polygamma_of<Order>>(a);
}

// ---- steps --------------------------------------------------------------------------------------

/// The largest integer that is not greater. Its derivative is zero.
template <operand A>
constexpr auto floor(A const& a) {
  return detail::call<op::floor>(a);
}
/// The smallest integer that is not less. Its derivative is zero.
template <operand A>
constexpr auto ceil(A const& a) {
  return detail::call<op::ceil>(a);
}
/// The nearest integer, halves away from zero. Its derivative is zero.
template <operand A>
constexpr auto round(A const& a) {
  return detail::call<op::round>(a);
}
/// The remainder of a / b with the sign of a. Its derivative by a is 1, by b -trunc(a / b).
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto fmod(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::fmod>(a, b);
}

}  // namespace ramp
