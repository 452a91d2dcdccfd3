// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

struct cosh;

/// Hyperbolic sine.
struct sinh {
  static constexpr std::string_view name = "sinh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"sinh"};
  static constexpr double max_ulp = 1.6;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::sinh;
    return sinh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<cosh>(r.x[0]);
  }
};

}  // namespace ramp::op
