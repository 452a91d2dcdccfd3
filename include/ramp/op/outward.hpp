// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// x moved by as many units in the last place of `size` as the node's attribute says, and by as
/// many of the smallest numbers if `floor` is 1, to the side of the attribute's sign. Operands: x,
/// size, floor. What makes an end of an interval of a value with a known bound of its error.
struct outward {
  static constexpr std::string_view name = "outward";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"outward"};
  static constexpr double max_ulp = 2;

  template <class T>
  static constexpr T value(T x, T size, T floor, T units) {
    using math::moved_outward;
    return moved_outward(x, size, floor, units);
  }

  /// To a derivative the distance is constant.
  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.k == 0 ? r.g : r.none();
  }

  static constexpr bool has_attribute = true;
};

}  // namespace ramp::op
