// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/update.hpp>

namespace ramp {

// An update rule is a function of a parameter w and the gradient g of the loss by it, which returns
// updates as expressions. Its numbers are run-time values: they may change between steps.

/// w - learning_rate * g.
struct sgd {
  double learning_rate = 0.01;

  constexpr auto operator()(auto w, auto g) const { return w <<= w - learning_rate * g; }
};

/// m' = beta * m + g, w' = w - learning_rate * m'.
/// Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964,
/// in the form that PyTorch uses.
struct momentum {
  double learning_rate = 0.01;
  double beta = 0.9;

  constexpr auto operator()(auto w, auto g) const {
    auto m = state_like<"momentum">(w);
    auto next = (m <<= beta * m + g);
    return updates(next, w <<= w - learning_rate * next);
  }
};

}  // namespace ramp
