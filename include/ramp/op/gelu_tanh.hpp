// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sigmoid.hpp>

namespace ramp::op {

/// The approximation of gelu by tanh: x / 2 (1 + tanh(u)) with u = sqrt(2 / pi) (x + 0.044715 x^3),
/// written x sigmoid(2 u), which does not cancel in the lower tail. NaN at -infinity.
/// The exponential magnifies the rounding of u: max_ulp holds from -8 on. Source: as for gelu.
struct gelu_tanh {
  static constexpr std::string_view name = "gelu_tanh";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"gelu_tanh"};
  static constexpr double max_ulp = 100;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    constexpr double two_sqrt_two_over_pi = 1.5957691216057307117;
    auto const& x = r.x[0];
    auto const u = two_sqrt_two_over_pi * (x + 0.044715 * (x * (x * x)));
    return x * r.template apply<sigmoid>(u);
  }
};

}  // namespace ramp::op
