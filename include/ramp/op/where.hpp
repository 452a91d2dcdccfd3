// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a where the condition is not 0 (a NaN is not 0), b elsewhere. The branch that is not taken has
/// no say, neither in the value nor in the derivative: its adjoint is absent, not a zero that 0 *
/// infinity could spoil (pass/reverse.hpp). The condition has no derivative.
struct where {
  static constexpr std::string_view name = "where";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"where"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T condition, T a, T b) {
    using math::select;
    return select(condition != T(0), a, b);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k == 0) return r.none();
    auto const nothing = r.constant(0.0);
    return r.k == 1 ? r.template apply<where>(r.x[0], r.g, nothing)
                    : r.template apply<where>(r.x[0], nothing, r.g);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.chosen(r.truth(0), r.x[1], r.x[2]);
  }

  static constexpr int branch(double const* x) { return x[0] != 0 ? 1 : -1; }
  static constexpr bool absorbs_nan(double const* x) {
    return x[0] != 0 ? x[1] == x[1] : x[2] == x[2];
  }
};

}  // namespace ramp::op
