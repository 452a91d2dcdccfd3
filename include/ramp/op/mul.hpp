// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a * b, element by element.
struct mul {
  static constexpr std::string_view name = "mul";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"*", 6};
  static constexpr double max_ulp = 0.5;

  template <class T>
  static constexpr T value(T a, T b) {
    return a * b;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.x[r.k == 0 ? 1 : 0];
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0] * r.x[1];
  }
};

}  // namespace ramp::op
