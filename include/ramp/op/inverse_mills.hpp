// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// normal_pdf(x) / normal_cdf(x), the derivative of log_normal_cdf: close to -x far below 0, where
/// both underflow. Its own derivative is -1 there, as a difference of which x^2 roundings are left;
/// NaN at +-infinity.
struct inverse_mills {
  static constexpr std::string_view name = "inverse_mills";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"inverse_mills"};
  static constexpr double max_ulp = 7.5;
  static constexpr int monotone = -1;

  template <class T>
  static constexpr T value(T x) {
    using math::inverse_mills;
    return inverse_mills(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return -(r.g * (r.y * (r.x[0] + r.y)));
  }
};

}  // namespace ramp::op
