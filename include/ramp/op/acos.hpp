// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sqrt.hpp>

namespace ramp::op {

/// Arc cosine, in [0, pi]. NaN beyond +-1, where the derivative is -infinity.
struct acos {
  static constexpr std::string_view name = "acos";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"acos"};
  static constexpr double max_ulp = 1.4;

  template <class T>
  static constexpr T value(T x) {
    using math::acos;
    return acos(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // two factors: 1 - x * x would cancel near 1
    return -(r.g / r.template apply<sqrt>((1.0 - r.x[0]) * (r.constant(1.0) + r.x[0])));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template decreasing<acos>(r.clipped(r.x[0], -1.0, 1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > -1 && x[0] < 1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.either(r.at_most(r.x[0], -1.0), r.at_least(r.x[0], 1.0));
  }
};

}  // namespace ramp::op
