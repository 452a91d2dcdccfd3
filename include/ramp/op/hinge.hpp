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
    return r.template apply_under<relu>(r.policy_but_for(kinks[0]), margin);
  }

  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 1, .jax = 0.5}};
};

}  // namespace ramp::op
