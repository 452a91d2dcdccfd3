// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/exp.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 - erf(x), without cancellation for large x.
struct erfc {
  static constexpr std::string_view name = "erfc";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"erfc"};
  static constexpr double max_ulp = 5.5;
  static constexpr int monotone = -1;

  template <class T>
  static constexpr T value(T x) {
    using math::erfc;
    return erfc(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    constexpr double two_over_sqrt_pi = 1.1283791670955125739;
    return -(r.g * (two_over_sqrt_pi * r.template apply<exp>(-(r.x[0] * r.x[0]))));
  }
};

}  // namespace ramp::op
