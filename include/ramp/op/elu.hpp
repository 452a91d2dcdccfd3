// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/exp.hpp>
#include <ramp/op/expm1.hpp>
#include <ramp/op/fork.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>

namespace ramp::op {

/// x where x > 0, alpha * (e^x - 1) elsewhere; operands: x, alpha. At 0 the derivative is the
/// policy's: alpha under `standard`, alpha + (1 - alpha) * s under `at_zero<s>`.
/// Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and accurate deep network learning
/// by exponential linear units", 2015.
struct elu {
  static constexpr std::string_view name = "elu";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"elu"};
  static constexpr double max_ulp = 2.0;

  template <class T>
  static constexpr T value(T x, T alpha) {
    using math::expm1, math::select;
    auto const above = x > T(0);
    return select(above, x, alpha * expm1(select(above, T(0), x)));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const side = r.settled(r.x[0]);
    double const weight = tie_weight(r.policy);
    if (r.k == 1)
      return r.template apply_with<fork>(weight, r.constant(0.0),
                                         r.g * r.template apply<expm1>(r.x[0]), side);
    // not y + alpha, which would cancel for small exponentials
    return r.template apply_with<fork>(weight, r.g,
                                       r.g * (r.x[1] * r.template apply<exp>(r.x[0])), side);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    auto const under = -r.template increasing<relu>(-r.x[0]);
    return r.template increasing<relu>(r.x[0]) + r.x[1] * r.template increasing<expm1>(under);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    auto const under = relu::smoothed(r, -r.x[0]);
    return relu::smoothed(r) + r.x[1] * r.template apply<expm1>(-under);
  }

  /// The weight of the slope 1. TensorFlow: that of Keras.
  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0, .jax = 0, .tensorflow = 0}};
  static constexpr double tie_weight(kink_policy policy) {
    return policy.at_kink(kinks[0], policy.s);
  }
  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.x[0]);
  }
  static constexpr bool absorbs_nan(double const* x) { return x[0] > 0; }
};

}  // namespace ramp::op
