// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// -x.
struct neg {
  static constexpr std::string_view name = "neg";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"-", 7};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T x) {
    return -x;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return -r.g;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return -r.x[0];
  }
};

}  // namespace ramp::op
