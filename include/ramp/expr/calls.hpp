// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/misuse.hpp>

// How each function of expressions is called, which is what any other call says; see
// expr/misuse.hpp. Long, because it is a table.

namespace ramp {

// ---- elementwise --------------------------------------------------------------------------------

template <auto... T>
constexpr auto where(detail::any, ...) { return detail::misuse<"where(x > 0.0, a, b)">(T...); }

// ---- functions ----------------------------------------------------------------------------------

template <auto... T>
constexpr auto exp(detail::any, ...) { return detail::misuse<"exp(a)">(T...); }
template <auto... T>
constexpr auto log(detail::any, ...) { return detail::misuse<"log(a)">(T...); }
template <auto... T>
constexpr auto sqrt(detail::any, ...) { return detail::misuse<"sqrt(a)">(T...); }
template <auto... T>
constexpr auto sin(detail::any, ...) { return detail::misuse<"sin(a)">(T...); }
template <auto... T>
constexpr auto cos(detail::any, ...) { return detail::misuse<"cos(a)">(T...); }
template <auto... T>
constexpr auto tanh(detail::any, ...) { return detail::misuse<"tanh(a)">(T...); }
template <auto... T>
constexpr auto sigmoid(detail::any, ...) { return detail::misuse<"sigmoid(a)">(T...); }
template <auto... T>
constexpr auto softplus(detail::any, ...) { return detail::misuse<"softplus(a)">(T...); }
template <auto... T>
constexpr auto erf(detail::any, ...) { return detail::misuse<"erf(a)">(T...); }
template <auto... T>
constexpr auto stop_gradient(detail::any, ...) { return detail::misuse<"stop_gradient(a)">(T...); }
template <auto... T>
constexpr auto pow(detail::any, ...) { return detail::misuse<"pow(a, b)">(T...); }
template <auto... T>
constexpr auto exp2(detail::any, ...) { return detail::misuse<"exp2(a)">(T...); }
template <auto... T>
constexpr auto expm1(detail::any, ...) { return detail::misuse<"expm1(a)">(T...); }
template <auto... T>
constexpr auto log2(detail::any, ...) { return detail::misuse<"log2(a)">(T...); }
template <auto... T>
constexpr auto log1p(detail::any, ...) { return detail::misuse<"log1p(a)">(T...); }
template <auto... T>
constexpr auto square(detail::any, ...) { return detail::misuse<"square(a)">(T...); }
template <auto... T>
constexpr auto cbrt(detail::any, ...) { return detail::misuse<"cbrt(a)">(T...); }
template <auto... T>
constexpr auto rsqrt(detail::any, ...) { return detail::misuse<"rsqrt(a)">(T...); }
template <auto... T>
constexpr auto hypot(detail::any, ...) { return detail::misuse<"hypot(a, b)">(T...); }
template <auto... T>
constexpr auto fma(detail::any, ...) { return detail::misuse<"fma(a, b, c)">(T...); }
template <auto... T>
constexpr auto xlogy(detail::any, ...) { return detail::misuse<"xlogy(x, y)">(T...); }
template <auto... T>
constexpr auto logaddexp(detail::any, ...) { return detail::misuse<"logaddexp(a, b)">(T...); }
template <auto... T>
constexpr auto logit(detail::any, ...) { return detail::misuse<"logit(a)">(T...); }
template <auto... T>
constexpr auto tan(detail::any, ...) { return detail::misuse<"tan(a)">(T...); }
template <auto... T>
constexpr auto asin(detail::any, ...) { return detail::misuse<"asin(a)">(T...); }
template <auto... T>
constexpr auto acos(detail::any, ...) { return detail::misuse<"acos(a)">(T...); }
template <auto... T>
constexpr auto atan(detail::any, ...) { return detail::misuse<"atan(a)">(T...); }
template <auto... T>
constexpr auto atan2(detail::any, ...) { return detail::misuse<"atan2(y, x)">(T...); }
template <auto... T>
constexpr auto sinh(detail::any, ...) { return detail::misuse<"sinh(a)">(T...); }
template <auto... T>
constexpr auto cosh(detail::any, ...) { return detail::misuse<"cosh(a)">(T...); }
template <auto... T>
constexpr auto asinh(detail::any, ...) { return detail::misuse<"asinh(a)">(T...); }
template <auto... T>
constexpr auto acosh(detail::any, ...) { return detail::misuse<"acosh(a)">(T...); }
template <auto... T>
constexpr auto atanh(detail::any, ...) { return detail::misuse<"atanh(a)">(T...); }
template <auto... T>
constexpr auto erfc(detail::any, ...) { return detail::misuse<"erfc(a)">(T...); }
template <auto... T>
constexpr auto normal_pdf(detail::any, ...) { return detail::misuse<"normal_pdf(a)">(T...); }
template <auto... T>
constexpr auto normal_cdf(detail::any, ...) { return detail::misuse<"normal_cdf(a)">(T...); }
template <auto... T>
constexpr auto log_normal_pdf(detail::any, ...) {
  return detail::misuse<"log_normal_pdf(a)">(T...);
}
template <auto... T>
constexpr auto log_normal_cdf(detail::any, ...) {
  return detail::misuse<"log_normal_cdf(a)">(T...);
}
template <auto... T>
constexpr auto lgamma(detail::any, ...) { return detail::misuse<"lgamma(a)">(T...); }
template <auto... T>
constexpr auto digamma(detail::any, ...) { return detail::misuse<"digamma(a)">(T...); }
template <auto... T>
constexpr auto polygamma(detail::any, ...) { return detail::misuse<"polygamma<order>(a)">(T...); }
template <auto... T>
constexpr auto floor(detail::any, ...) { return detail::misuse<"floor(a)">(T...); }
template <auto... T>
constexpr auto ceil(detail::any, ...) { return detail::misuse<"ceil(a)">(T...); }
template <auto... T>
constexpr auto round(detail::any, ...) { return detail::misuse<"round(a)">(T...); }
template <auto... T>
constexpr auto fmod(detail::any, ...) { return detail::misuse<"fmod(a, b)">(T...); }

// ---- kinked -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto relu(detail::any, ...) { return detail::misuse<"relu(a)", "relu(a, policy)">(T...); }
template <auto... T>
constexpr auto abs(detail::any, ...) { return detail::misuse<"abs(a)", "abs(a, policy)">(T...); }
template <auto... T>
constexpr auto max(detail::any, ...) {
  return detail::misuse<"max(a, b)", "max(a, b, policy)", "max(a)", "max(a, axis<0>)",
                        "max(a, axis<0>, policy)">(T...);
}
template <auto... T>
constexpr auto min(detail::any, ...) {
  return detail::misuse<"min(a, b)", "min(a, b, policy)", "min(a)", "min(a, axis<0>)",
                        "min(a, axis<0>, policy)">(T...);
}
template <auto... T>
constexpr auto clamp(detail::any, ...) {
  return detail::misuse<"clamp(x, low, high)", "clamp(x, low, high, policy)">(T...);
}
template <auto... T>
constexpr auto sign(detail::any, ...) { return detail::misuse<"sign(a)">(T...); }

// ---- reduction ----------------------------------------------------------------------------------

template <auto... T>
constexpr auto sum(detail::any, ...) { return detail::misuse<"sum(a)", "sum(a, axis<0>)">(T...); }
template <auto... T>
constexpr auto mean(detail::any, ...) {
  return detail::misuse<"mean(a)", "mean(a, axis<0>)">(T...);
}
template <auto... T>
constexpr auto product(detail::any, ...) {
  return detail::misuse<"product(a)", "product(a, axis<0>)">(T...);
}

// ---- cumulative ---------------------------------------------------------------------------------

template <auto... T>
constexpr auto cumulative_sum(detail::any, ...) {
  return detail::misuse<"cumulative_sum(a)", "cumulative_sum(a, axis<0>)",
                        "cumulative_sum<-1>(a)">(T...);
}

// ---- norm ---------------------------------------------------------------------------------------

template <auto... T>
constexpr auto norm1(detail::any, ...) {
  return detail::misuse<"norm1(a)", "norm1(a, axis<0>)", "norm1(a, policy)",
                        "norm1(a, axis<0>, policy)">(T...);
}
template <auto... T>
constexpr auto norm2(detail::any, ...) {
  return detail::misuse<"norm2(a)", "norm2(a, axis<0>)", "norm2(a, policy)",
                        "norm2(a, axis<0>, policy)">(T...);
}
template <auto... T>
constexpr auto norm_inf(detail::any, ...) {
  return detail::misuse<"norm_inf(a)", "norm_inf(a, axis<0>)", "norm_inf(a, policy)",
                        "norm_inf(a, axis<0>, policy)">(T...);
}

// ---- statistics ---------------------------------------------------------------------------------

template <auto... T>
constexpr auto variance(detail::any, ...) {
  return detail::misuse<"variance(a)", "variance(a, axis<0>)", "variance<1>(a)">(T...);
}
template <auto... T>
constexpr auto standard_deviation(detail::any, ...) {
  return detail::misuse<"standard_deviation(a)", "standard_deviation(a, axis<0>)",
                        "standard_deviation<1>(a)">(T...);
}

// ---- argmax -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto argmax(detail::any, ...) {
  return detail::misuse<"argmax(a)", "argmax(a, axis<0>)">(T...);
}
template <auto... T>
constexpr auto argmin(detail::any, ...) {
  return detail::misuse<"argmin(a)", "argmin(a, axis<0>)">(T...);
}

// ---- linear algebra -----------------------------------------------------------------------------

template <auto... T>
constexpr auto hadamard(detail::any, ...) { return detail::misuse<"hadamard(a, b)">(T...); }
template <auto... T>
constexpr auto dot(detail::any, ...) { return detail::misuse<"dot(vector, vector)">(T...); }
template <auto... T>
constexpr auto quadratic_form(detail::any, ...) {
  return detail::misuse<"quadratic_form(matrix, vector)">(T...);
}
template <auto... T>
constexpr auto outer(detail::any, ...) { return detail::misuse<"outer(a, b)">(T...); }
template <auto... T>
constexpr auto transpose(detail::any, ...) {
  return detail::misuse<"transpose(a)", "transpose<1, 0>(a)">(T...);
}

// ---- layout -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto reshape(detail::any, ...) { return detail::misuse<"reshape<2, 3>(a)">(T...); }
template <auto... T>
constexpr auto concatenate(detail::any, ...) {
  return detail::misuse<"concatenate(a, b)", "concatenate(axis<1>, a, b)">(T...);
}
template <auto... T>
constexpr auto stack(detail::any, ...) {
  return detail::misuse<"stack(a, b)", "stack(axis<1>, a, b)">(T...);
}
template <auto... T>
constexpr auto repeat(detail::any, ...) {
  return detail::misuse<"repeat<3>(a)", "repeat<3>(a, axis<1>)">(T...);
}
template <auto... T>
constexpr auto repeat_each(detail::any, ...) {
  return detail::misuse<"repeat_each<3>(a)", "repeat_each<3>(a, axis<1>)">(T...);
}
template <auto... T>
constexpr auto broadcast(detail::any, ...) { return detail::misuse<"broadcast<3, 4>(a)">(T...); }

// ---- slice --------------------------------------------------------------------------------------

template <auto... T>
constexpr auto slice(detail::any, ...) {
  return detail::misuse<"slice<axis, first, count>(a)", "slice<axis, first, count, 2>(a)">(T...);
}
template <auto... T>
constexpr auto flip(detail::any, ...) {
  return detail::misuse<"flip(a)", "flip(a, axis<0>)">(T...);
}
template <auto... T>
constexpr auto pad(detail::any, ...) { return detail::misuse<"pad<axis, before, after>(a)">(T...); }

// ---- split --------------------------------------------------------------------------------------

template <auto... T>
constexpr auto split(detail::any, ...) {
  return detail::misuse<"split<parts>(a)", "split<sizes...>(a)", "split<parts>(a, axis<1>)">(T...);
}

// ---- gather -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto gather(detail::any, ...) {
  return detail::misuse<"gather<axis>(a, index)", "gather<axis, 2, 0>(a)">(T...);
}
template <auto... T>
constexpr auto one_hot(detail::any, ...) { return detail::misuse<"one_hot<count>(label)">(T...); }

// ---- diagonal -----------------------------------------------------------------------------------

template <auto... T>
constexpr auto diagonal(detail::any, ...) { return detail::misuse<"diagonal(a)">(T...); }
template <auto... T>
constexpr auto diagonal_matrix(detail::any, ...) {
  return detail::misuse<"diagonal_matrix(a)">(T...);
}
template <auto... T>
constexpr auto lower_triangle(detail::any, ...) {
  return detail::misuse<"lower_triangle(a)", "lower_triangle<1>(a)">(T...);
}
template <auto... T>
constexpr auto upper_triangle(detail::any, ...) {
  return detail::misuse<"upper_triangle(a)", "upper_triangle<1>(a)">(T...);
}

// ---- trace --------------------------------------------------------------------------------------

template <fixed_string... T>
constexpr auto trace(detail::any, ...) {
  return detail::misuse<"trace(matrix)", "trace<\"x\">([](auto x) { ... })">(T...);
}

// ---- einsum -------------------------------------------------------------------------------------

template <fixed_string... T>
constexpr auto einsum(detail::any, ...) {
  return detail::misuse<"einsum<\"ij,jk->ik\">(a, b)">(T...);
}

// ---- iterate ------------------------------------------------------------------------------------

template <auto... T>
constexpr auto iterate(detail::any, ...) { return detail::misuse<"iterate<count>(f, x)">(T...); }
template <auto... T>
constexpr auto fold(detail::any, ...) { return detail::misuse<"fold(range, start, f)">(T...); }

// ---- matrix -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto solve(detail::any, ...) { return detail::misuse<"solve(a, b)">(T...); }
template <auto... T>
constexpr auto solve_lower(detail::any, ...) { return detail::misuse<"solve_lower(a, b)">(T...); }
template <auto... T>
constexpr auto solve_upper(detail::any, ...) { return detail::misuse<"solve_upper(a, b)">(T...); }
template <auto... T>
constexpr auto inverse(detail::any, ...) { return detail::misuse<"inverse(a)">(T...); }
template <auto... T>
constexpr auto cholesky(detail::any, ...) { return detail::misuse<"cholesky(a)">(T...); }
template <auto... T>
constexpr auto determinant(detail::any, ...) { return detail::misuse<"determinant(a)">(T...); }
template <auto... T>
constexpr auto log_determinant(detail::any, ...) {
  return detail::misuse<"log_determinant(a)">(T...);
}
template <auto... T>
constexpr auto log_abs_determinant(detail::any, ...) {
  return detail::misuse<"log_abs_determinant(a)">(T...);
}

// ---- softmax ------------------------------------------------------------------------------------

template <auto... T>
constexpr auto softmax(detail::any, ...) {
  return detail::misuse<"softmax(a)", "softmax(a, axis<0>)">(T...);
}
template <auto... T>
constexpr auto log_softmax(detail::any, ...) {
  return detail::misuse<"log_softmax(a)", "log_softmax(a, axis<0>)">(T...);
}
template <auto... T>
constexpr auto logsumexp(detail::any, ...) {
  return detail::misuse<"logsumexp(a)", "logsumexp(a, axis<0>)">(T...);
}

// ---- derivative ---------------------------------------------------------------------------------

template <auto... T>
constexpr auto gradient(detail::any, ...) {
  return detail::misuse<"gradient(f, wrt(x))", "gradient(f, wrt(x, y))",
                        "gradient(f, wrt(x), policy)">(T...);
}
template <auto... T>
constexpr auto derivative(detail::any, ...) {
  return detail::misuse<"derivative(f, wrt(x))", "derivative(f, wrt(x), policy)">(T...);
}
template <auto... T>
constexpr auto jvp(detail::any, ...) {
  return detail::misuse<"jvp(f, wrt(x), v)", "jvp(f, wrt(x), v, policy)">(T...);
}
template <auto... T>
constexpr auto vjp(detail::any, ...) {
  return detail::misuse<"vjp(f, wrt(x), w)", "vjp(f, wrt(x), w, policy)">(T...);
}
template <auto... T>
constexpr auto jacobian(detail::any, ...) {
  return detail::misuse<"jacobian(f, wrt(x))", "jacobian(f, wrt(x), policy)">(T...);
}
template <auto... T>
constexpr auto hessian(detail::any, ...) {
  return detail::misuse<"hessian(f, wrt(x))", "hessian(f, wrt(x), policy)">(T...);
}

// ---- directional --------------------------------------------------------------------------------

template <auto... T>
constexpr auto unsettled_ties(detail::any, ...) {
  return detail::misuse<"unsettled_ties(f, wrt(x), directional(v))">(T...);
}

// ---- own operation ------------------------------------------------------------------------------

template <class... T>
constexpr auto apply(detail::any, ...) {
  return detail::misuse<"apply<operation>(a, b)", "apply<operation>(a, b, policy)">(T{}...);
}

// ---- update -------------------------------------------------------------------------------------

template <auto... T>
constexpr auto mean_over_batch(detail::any, ...) {
  return detail::misuse<"mean_over_batch(a)">(T...);
}

}  // namespace ramp
