// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/exp.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// e^x - 1, without cancellation near 0.
struct expm1 {
  static constexpr std::string_view name = "expm1";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"expm1"};
  static constexpr double max_ulp = 1.5;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::expm1;
    return expm1(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<exp>(r.x[0]);
  }
};

}  // namespace ramp::op
