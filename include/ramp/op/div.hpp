// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a / b. IEEE at b = 0: infinite, or NaN for 0 / 0.
struct div {
  static constexpr std::string_view name = "div";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"/", 6};
  static constexpr double max_ulp = 0.5;

  template <class T>
  static constexpr T value(T a, T b) {
    return a / b;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const scaled = r.g / r.x[1];
    return r.k == 0 ? scaled : -(scaled * r.y);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0] / r.x[1];
  }

  static constexpr bool in_domain(double const* x) { return x[1] != 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.is(r.x[1], 0.0);
  }
};

}  // namespace ramp::op
