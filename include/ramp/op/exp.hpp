// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// e^x. Overflows to infinity above 709.78 (double) or 88.72 (float), underflows to 0.
struct exp {
  static constexpr std::string_view name = "exp";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"exp"};
  static constexpr double max_ulp = 1.15;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::exp;
    return exp(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.y;
  }
};

}  // namespace ramp::op
