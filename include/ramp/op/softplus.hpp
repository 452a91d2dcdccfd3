// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/sigmoid.hpp>

namespace ramp::op {

/// log(1 + exp(x)), which is what that expression is rewritten to: it neither overflows nor rounds
/// a small exp(x) away.
struct softplus {
  static constexpr std::string_view name = "softplus";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"softplus"};
  static constexpr double max_ulp = 1.7;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::softplus;
    return softplus(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<sigmoid>(r.x[0]);
  }
};

}  // namespace ramp::op
