// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/cos.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Tangent of an angle in radians. NaN at +-infinity.
struct tan {
  static constexpr std::string_view name = "tan";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"tan"};
  static constexpr double max_ulp = 1.2;

  template <class T>
  static constexpr T value(T x) {
    using math::tan;
    return tan(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * (r.constant(1.0) + r.y * r.y);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    // without a pole in between it rises
    auto const slope = r.within(r.template contracting<cos>(r.x[0]), -1.0, 1.0);
    return r.chosen(r.without_zero(slope), r.template increasing<tan>(r.x[0]), r.everything());
  }
};

}  // namespace ramp::op
