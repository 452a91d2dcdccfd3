// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The smallest integer that is not less than x. A step: its derivative is zero.
struct ceil {
  static constexpr std::string_view name = "ceil";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"ceil"};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T x) {
    using math::ceil;
    return ceil(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  static constexpr int branch(double const* x) { return detail::step_of(x[0]); }
};

}  // namespace ramp::op
