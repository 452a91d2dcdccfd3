// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a + b.
struct add {
  static constexpr std::string_view name = "add";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"+", 5};
  static constexpr double max_ulp = 0.5;

  template <class T>
  static constexpr T value(T a, T b) {
    return a + b;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.sum();
  }
};

}  // namespace ramp::op
