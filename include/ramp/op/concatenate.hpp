// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Two operands one after the other along an axis: attribute = {axis, extent of the first}.
struct concatenate {
  static constexpr std::string_view name = "concatenate";
  static constexpr category kind = category::layout;
  static constexpr int arity = 2;
  static constexpr notation text{"concatenate"};

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    return r.sliced(r.g, r.attributes[0], r.k == 0 ? 0 : r.attributes[1], 1, r.operand_shape());
  }
};

}  // namespace ramp::op
