// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/normal_cdf.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// x times the probability that a normal variate is below x, accurate in the lower tail. NaN at
/// -infinity. Source: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016.
struct gelu {
  static constexpr std::string_view name = "gelu";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"gelu"};
  static constexpr double max_ulp = 8.0;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    return r.x[0] * r.template apply<normal_cdf>(r.x[0]);
  }
};

}  // namespace ramp::op
