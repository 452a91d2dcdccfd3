// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/misuse.hpp>

// How each activation and loss is called, which is what any other call says; see expr/misuse.hpp.

namespace ramp {

// ---- activation ---------------------------------------------------------------------------------

template <auto... T>
constexpr auto leaky_relu(detail::any, ...) {
  return detail::misuse<"leaky_relu(x)", "leaky_relu<0.1>(x)", "leaky_relu(x, policy)",
                        "leaky_relu<0.1>(x, policy)">(T...);
}
template <auto... T>
constexpr auto elu(detail::any, ...) {
  return detail::misuse<"elu(x)", "elu<0.1>(x)", "elu(x, policy)", "elu<0.1>(x, policy)">(T...);
}
template <auto... T>
constexpr auto parametric_relu(detail::any, ...) {
  return detail::misuse<"parametric_relu(x, a)", "parametric_relu(x, a, policy)">(T...);
}
template <auto... T>
constexpr auto relu6(detail::any, ...) {
  return detail::misuse<"relu6(x)", "relu6(x, policy)">(T...);
}
template <auto... T>
constexpr auto hard_tanh(detail::any, ...) {
  return detail::misuse<"hard_tanh(x)", "hard_tanh(x, policy)">(T...);
}
template <auto... T>
constexpr auto hard_sigmoid(detail::any, ...) {
  return detail::misuse<"hard_sigmoid(x)", "hard_sigmoid(x, policy)">(T...);
}
template <auto... T>
constexpr auto hard_swish(detail::any, ...) {
  return detail::misuse<"hard_swish(x)", "hard_swish(x, policy)">(T...);
}
template <auto... T>
constexpr auto selu(detail::any, ...) { return detail::misuse<"selu(x)", "selu(x, policy)">(T...); }
template <auto... T>
constexpr auto softsign(detail::any, ...) { return detail::misuse<"softsign(x)">(T...); }
template <auto... T>
constexpr auto silu(detail::any, ...) { return detail::misuse<"silu(x)">(T...); }
template <auto... T>
constexpr auto gelu(detail::any, ...) { return detail::misuse<"gelu(x)">(T...); }
template <auto... T>
constexpr auto gelu_tanh(detail::any, ...) { return detail::misuse<"gelu_tanh(x)">(T...); }
template <auto... T>
constexpr auto mish(detail::any, ...) { return detail::misuse<"mish(x)">(T...); }
template <auto... T>
constexpr auto log_sigmoid(detail::any, ...) { return detail::misuse<"log_sigmoid(x)">(T...); }
template <auto... T>
constexpr auto celu(detail::any, ...) { return detail::misuse<"celu(x)", "celu<0.5>(x)">(T...); }
template <auto... T>
constexpr auto threshold(detail::any, ...) {
  return detail::misuse<"threshold<0.5, 0.0>(x)">(T...);
}

// ---- activation along ---------------------------------------------------------------------------

template <auto... T>
constexpr auto glu(detail::any, ...) { return detail::misuse<"glu(a)", "glu(a, axis<0>)">(T...); }
template <auto... T>
constexpr auto maxout(detail::any, ...) {
  return detail::misuse<"maxout<pieces>(a)", "maxout<pieces>(a, axis<0>)">(T...);
}

// ---- loss ---------------------------------------------------------------------------------------

template <auto... T>
constexpr auto cross_entropy(detail::any, ...) {
  return detail::misuse<"cross_entropy(logits, label)">(T...);
}
template <auto... T>
constexpr auto mean_absolute_error(detail::any, ...) {
  return detail::misuse<"mean_absolute_error(y, target)">(T...);
}
template <auto... T>
constexpr auto mean_squared_error(detail::any, ...) {
  return detail::misuse<"mean_squared_error(y, target)">(T...);
}
template <auto... T>
constexpr auto huber(detail::any, ...) {
  return detail::misuse<"huber(error)", "huber<0.5>(error)">(T...);
}
template <auto... T>
constexpr auto hinge(detail::any, ...) {
  return detail::misuse<"hinge(margin)", "hinge(margin, policy)">(T...);
}
template <auto... T>
constexpr auto binary_cross_entropy(detail::any, ...) {
  return detail::misuse<"binary_cross_entropy(x, target)">(T...);
}

}  // namespace ramp
