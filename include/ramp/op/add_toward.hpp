// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a + b as an end of an interval: not less than the exact sum if the node's attribute is 1, not
/// greater if it is -1. Exact where a + b is.
struct add_toward {
  static constexpr std::string_view name = "add_toward";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"add_toward"};
  static constexpr double max_ulp = 2;

  template <class T>
  static constexpr T value(T a, T b, T side) {
    using math::sum_toward;
    return sum_toward(a, b, side);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g;
  }

  static constexpr bool has_attribute = true;
};

}  // namespace ramp::op
