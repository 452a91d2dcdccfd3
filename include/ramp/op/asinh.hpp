// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/hypot.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Inverse hyperbolic sine.
struct asinh {
  static constexpr std::string_view name = "asinh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"asinh"};
  static constexpr double max_ulp = 1.5;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::asinh;
    return asinh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // a square would overflow
    return r.g / r.template apply<hypot>(r.x[0], r.constant(1.0));
  }
};

}  // namespace ramp::op
