// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 where a < b, else 0; comparisons with NaN are as in IEEE. No derivative.
struct less {
  static constexpr std::string_view name = "less";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"<", 4};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::select;
    return select(a < b, T(1), T(0));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.less(0, 1, false);
  }

  static constexpr int branch(double const* x) { return x[0] < x[1] ? 1 : -1; }
  static constexpr bool absorbs_nan(double const*) { return true; }
};

}  // namespace ramp::op
