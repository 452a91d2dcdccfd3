// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/softplus.hpp>
#include <ramp/op/tanh.hpp>

namespace ramp::op {

/// x * tanh(softplus(x)). NaN at -infinity.
/// Source: D. Misra, "Mish: a self regularized non-monotonic activation function", 2019.
struct mish {
  static constexpr std::string_view name = "mish";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"mish"};
  static constexpr double max_ulp = 5.0;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    auto const gate = r.template apply<tanh>(r.template apply<softplus>(r.x[0]));
    return r.x[0] * gate;
  }
};

}  // namespace ramp::op
