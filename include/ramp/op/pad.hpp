// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The operand among zeros along one axis, at first, first + step, ...: attribute = {axis, first,
/// step}; the result's extent says how many there are in all. The adjoint of slice.
struct pad {
  static constexpr std::string_view name = "pad";
  static constexpr category kind = category::layout;
  static constexpr int arity = 1;
  static constexpr notation text{"pad"};

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    return r.sliced(r.g, r.attributes[0], r.attributes[1], r.attributes[2], r.operand_shape());
  }
};

}  // namespace ramp::op
