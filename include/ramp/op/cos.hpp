// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

struct sin;

/// Cosine of an angle in radians. NaN at +-infinity.
struct cos {
  static constexpr std::string_view name = "cos";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"cos"};
  static constexpr double max_ulp = 0.85;

  template <class T>
  static constexpr T value(T x) {
    using math::cos;
    return cos(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return -(r.g * r.template apply<sin>(r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.within(r.template contracting<cos>(r.x[0]), -1.0, 1.0);
  }
};

}  // namespace ramp::op
