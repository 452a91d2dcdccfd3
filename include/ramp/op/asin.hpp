// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sqrt.hpp>

namespace ramp::op {

/// Arc sine, in [-pi/2, pi/2]. NaN beyond +-1, where the derivative is infinite.
struct asin {
  static constexpr std::string_view name = "asin";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"asin"};
  static constexpr double max_ulp = 1.4;

  template <class T>
  static constexpr T value(T x) {
    using math::asin;
    return asin(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // two factors: 1 - x * x would cancel near 1
    return r.g / r.template apply<sqrt>((1.0 - r.x[0]) * (r.constant(1.0) + r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<asin>(r.clipped(r.x[0], -1.0, 1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > -1 && x[0] < 1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.either(r.at_most(r.x[0], -1.0), r.at_least(r.x[0], 1.0));
  }
};

}  // namespace ramp::op
