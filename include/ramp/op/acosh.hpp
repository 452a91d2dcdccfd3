// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sqrt.hpp>

namespace ramp::op {

/// Inverse hyperbolic cosine. NaN below 1, where the derivative is infinite.
struct acosh {
  static constexpr std::string_view name = "acosh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"acosh"};
  static constexpr double max_ulp = 2.0;

  template <class T>
  static constexpr T value(T x) {
    using math::acosh;
    return acosh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // two factors: x * x - 1 would cancel near 1 and overflow
    auto const one = r.constant(1.0);
    return r.g / (r.template apply<sqrt>(r.x[0] - one) * r.template apply<sqrt>(r.x[0] + one));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<acosh>(r.clipped(r.x[0], 1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], 1.0);
  }
};

}  // namespace ramp::op
