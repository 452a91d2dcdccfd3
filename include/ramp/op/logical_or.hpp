// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 where either operand is not 0, else 0. No derivative.
struct logical_or {
  static constexpr std::string_view name = "logical_or";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"||", 1};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::select;
    return select(a != T(0), T(1), select(b != T(0), T(1), T(0)));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<logical_or>(r.truth(0), r.truth(1));
  }

  static constexpr int branch(double const* x) { return x[0] != 0 || x[1] != 0 ? 1 : -1; }
  static constexpr bool absorbs_nan(double const*) { return true; }
};

}  // namespace ramp::op
