// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a * b as an end of an interval, see add_toward. 0 if a factor is 0, however large the other is.
struct mul_toward {
  static constexpr std::string_view name = "mul_toward";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"mul_toward"};
  static constexpr double max_ulp = 2;

  template <class T>
  static constexpr T value(T a, T b, T side) {
    using math::product_toward;
    return product_toward(a, b, side);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.x[1 - r.k];
  }

  static constexpr bool has_attribute = true;
};

}  // namespace ramp::op
