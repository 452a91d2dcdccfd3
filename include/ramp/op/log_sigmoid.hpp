// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/softplus.hpp>

namespace ramp::op {

/// log(sigmoid(x)) = -softplus(-x), which neither overflows nor cancels.
struct log_sigmoid {
  static constexpr std::string_view name = "log_sigmoid";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"log_sigmoid"};
  static constexpr double max_ulp = 1.7;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    return -r.template apply<softplus>(-r.x[0]);
  }
};

}  // namespace ramp::op
