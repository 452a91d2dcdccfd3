// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sigmoid.hpp>

namespace ramp::op {

/// x * sigmoid(x), also known as swish. NaN at -infinity.
/// Source: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units", 2017.
struct silu {
  static constexpr std::string_view name = "silu";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"silu"};
  static constexpr double max_ulp = 3.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    return r.x[0] * r.template apply<sigmoid>(r.x[0]);
  }
};

}  // namespace ramp::op
