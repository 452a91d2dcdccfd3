// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Arc tangent, in [-pi/2, pi/2].
struct atan {
  static constexpr std::string_view name = "atan";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"atan"};
  static constexpr double max_ulp = 1.6;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::atan;
    return atan(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / (r.constant(1.0) + r.x[0] * r.x[0]);
  }
};

}  // namespace ramp::op
