// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/elu.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// lambda elu(x, alpha) with the two constants that keep mean and variance of normal inputs; the
/// kink is that of elu.
/// Source: G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-normalizing neural
/// networks", 2017.
struct selu {
  static constexpr std::string_view name = "selu";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"selu"};
  static constexpr double max_ulp = 3.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    constexpr double lambda = 1.0507009873554804934193349852946;
    constexpr double alpha = 1.6732632423543772848170429916717;
    return lambda * r.template apply<elu>(r.x[0], r.constant(alpha));
  }
};

}  // namespace ramp::op
