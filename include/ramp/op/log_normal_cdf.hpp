// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/inverse_mills.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The logarithm of the standard normal distribution function, also where that underflows or
/// rounds to 1.
struct log_normal_cdf {
  static constexpr std::string_view name = "log_normal_cdf";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"log_normal_cdf"};
  static constexpr double max_ulp = 8.0;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::log_normal_cdf;
    return log_normal_cdf(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<inverse_mills>(r.x[0]);
  }
};

}  // namespace ramp::op
