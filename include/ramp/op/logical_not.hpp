// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 where the operand is 0, else 0. No derivative.
struct logical_not {
  static constexpr std::string_view name = "logical_not";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"!", 7};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T x) {
    using math::select;
    return select(x == T(0), T(1), T(0));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.negated(r.truth(0));
  }

  static constexpr int branch(double const* x) { return x[0] == 0 ? 1 : -1; }
  static constexpr bool absorbs_nan(double const*) { return true; }
};

}  // namespace ramp::op
