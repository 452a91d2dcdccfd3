// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The same elements in row-major order under another shape.
struct reshape {
  static constexpr std::string_view name = "reshape";
  static constexpr category kind = category::layout;
  static constexpr int arity = 1;
  static constexpr notation text{"reshape"};

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    return r.reshaped(r.g, r.operand_shape());
  }
};

}  // namespace ramp::op
