// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 / (1 + exp(-x)); neither end overflows.
struct sigmoid {
  static constexpr std::string_view name = "sigmoid";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"sigmoid"};
  static constexpr double max_ulp = 2.5;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::sigmoid;
    return sigmoid(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * (r.y * (1.0 - r.y));
  }
};

}  // namespace ramp::op
