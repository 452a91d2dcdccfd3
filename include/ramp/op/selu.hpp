// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/elu.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// scale * elu(x, alpha) with the constants that keep mean 0 and variance 1 from layer to layer. At
/// 0 the derivative is scale * alpha under `standard`, scale * (alpha + (1 - alpha) * s) under
/// `at_zero<s>`.
/// Source: G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-normalizing neural
/// networks", 2017.
struct selu {
  static constexpr std::string_view name = "selu";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"selu"};
  static constexpr double max_ulp = 4.0;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    constexpr double alpha = 1.6732632423543772848;
    constexpr double scale = 1.0507009873554804934;
    return scale * r.template apply_under<elu>(r.policy_but_for(kinks[0]), r.x[0],
                                               r.constant(alpha));
  }

  /// The weight of the slope above 0.
  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0, .jax = 0, .tensorflow = 1}};
};

}  // namespace ramp::op
