// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/gate.hpp>
#include <ramp/op/output_gate.hpp>
#include <ramp/op/softplus.hpp>

namespace ramp::op {

/// max(x, 0), the ramp function. NaN in, NaN out.
/// At 0 the derivative is the policy's: 0 under `standard`, s under `at_zero<s>`.
struct relu {
  static constexpr std::string_view name = "relu";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"relu"};
  static constexpr double max_ulp = 0;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::max;
    return max(T(0), x);  // in this order it lets a NaN in x through, and -0
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // the weight sits on the gate, so that relu itself is computed once under any policy; with
    // weight 0 the gate can look at the result, and the argument need not be kept
    double const weight = tie_weight(r.policy);
    return weight == 0.0 && !r.is_directed()
               ? r.template apply<output_gate>(r.g, r.y)
               : r.template apply_with<gate>(weight, r.g, r.settled(r.x[0]));
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    return smoothed(r, r.x[0]);
  }
  /// The same of another value.
  template <class Rule, class Value>
  static constexpr auto smoothed(Rule const& r, Value const& x) {
    double const t = r.temperature();
    return t * r.template apply<softplus>(x * (1.0 / t));
  }

  static constexpr conventions kinks[] = {
      {.standard = 0, .pytorch = 0, .jax = 0, .tensorflow = 0}};
  static constexpr double tie_weight(kink_policy policy) {
    return policy.at_kink(kinks[0], policy.s);
  }
  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.x[0]);
  }
};

}  // namespace ramp::op
