// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>

namespace ramp::op {

/// relu(1 - x), the loss of a classifier by its margin x. At x = 1 the derivative is 0 under
/// `standard`, -s under `at_zero<s>`; in other systems it is not that of their relu.
struct hinge {
  static constexpr std::string_view name = "hinge";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"hinge"};
  static constexpr double max_ulp = 0.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    auto const margin = r.constant(1.0) - r.x[0];
    return r.template apply_under<relu>(own_policy(r.use, r.policy), margin);
  }

  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 1, .jax = 0.5}};

 private:
  /// What the other systems return is no convention of relu: it is said as a weight.
  static constexpr kink_policy own_policy(kink_policy use, kink_policy in_force) {
    bool const pytorch = in_force.rule == kink_rule::pytorch;
    if (!pytorch && in_force.rule != kink_rule::jax) return use;
    return {kink_rule::at_zero, pytorch ? kinks[0].pytorch : kinks[0].jax};
  }
};

}  // namespace ramp::op
