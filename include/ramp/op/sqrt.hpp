// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Square root. Its derivative at 0 is infinite, as IEEE says.
struct sqrt {
  static constexpr std::string_view name = "sqrt";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"sqrt"};
  static constexpr double max_ulp = 0.5;

  template <class T>
  static constexpr T value(T x) {
    using math::sqrt;
    return sqrt(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * 0.5 / r.y;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<sqrt>(r.clipped(r.x[0], 0.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], 0.0);
  }
};

}  // namespace ramp::op
