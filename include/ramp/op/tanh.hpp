// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Hyperbolic tangent.
struct tanh {
  static constexpr std::string_view name = "tanh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"tanh"};
  static constexpr double max_ulp = 1.6;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::tanh;
    return tanh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * (1.0 - r.y * r.y);
  }
};

}  // namespace ramp::op
