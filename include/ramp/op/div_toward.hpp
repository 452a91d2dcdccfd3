// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a / b as an end of an interval, see add_toward. NaN where b is 0.
struct div_toward {
  static constexpr std::string_view name = "div_toward";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"div_toward"};
  static constexpr double max_ulp = 2;

  template <class T>
  static constexpr T value(T a, T b, T side) {
    using math::quotient_toward;
    return quotient_toward(a, b, side);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const scaled = r.g / r.x[1];
    return r.k == 0 ? scaled : -(scaled * r.y);
  }

  static constexpr bool has_attribute = true;
  static constexpr bool in_domain(double const* x) { return x[1] != 0; }
};

}  // namespace ramp::op
