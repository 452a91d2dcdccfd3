// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// x * x.
struct square {
  static constexpr std::string_view name = "square";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"square"};
  static constexpr double max_ulp = 0.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    return r.x[0] * r.x[0];
  }
};

}  // namespace ramp::op
