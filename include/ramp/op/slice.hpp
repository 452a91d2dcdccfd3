// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Elements first, first + step, ... of one axis: attribute = {axis, first, step}; the result's
/// extent says how many. A negative step reverses them.
struct slice {
  static constexpr std::string_view name = "slice";
  static constexpr category kind = category::layout;
  static constexpr int arity = 1;
  static constexpr notation text{"slice"};

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    return r.padded(r.g, r.attributes[0], r.attributes[1], r.attributes[2], r.operand_shape());
  }
};

}  // namespace ramp::op
