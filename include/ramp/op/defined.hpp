// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Operand 0, which is the value of an operation that a user defined, with a derivative rule of the
/// user's by operands 1 and 2, its arguments (of one argument twice the same). `attributes[0]` is
/// the number of the rule in the graph, counted from 1; 0: none, and operand 0 has the derivative.
/// Lives until all derivatives are taken: no compiled program has one.
struct defined {
  static constexpr std::string_view name = "defined";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"defined"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T defined_value, T, T) {
    return defined_value;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (!r.has_own_rule()) return r.k == 0 ? r.g : r.none();
    return r.k == 0 ? r.none() : r.by_own_rule();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0];
  }

  static constexpr bool absorbs_nan(double const* x) { return x[0] == x[0]; }
};

}  // namespace ramp::op
