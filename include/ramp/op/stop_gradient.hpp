// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The operand itself, through which no derivative flows.
struct stop_gradient {
  static constexpr std::string_view name = "stop_gradient";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"stop_gradient"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T x) {
    return x;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0];
  }
};

}  // namespace ramp::op
