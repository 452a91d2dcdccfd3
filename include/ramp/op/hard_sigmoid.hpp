// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/relu6.hpp>

namespace ramp::op {

/// relu6(x + 3) / 6: 0 up to -3, 1 from 3 on, a line between; the kinks are those of relu6.
struct hard_sigmoid {
  static constexpr std::string_view name = "hard_sigmoid";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"hard_sigmoid"};
  static constexpr double max_ulp = 1.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    return r.template apply<relu6>(r.x[0] + r.constant(3.0)) / r.constant(6.0);
  }
};

}  // namespace ramp::op
