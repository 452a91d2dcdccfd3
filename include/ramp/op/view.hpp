// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The operand with its dimensions permuted or repeated: transpose and broadcast. Nothing is moved
/// where the reader can follow the map, which is nearly everywhere (ir/graph.hpp).
struct view {
  static constexpr std::string_view name = "view";
  static constexpr category kind = category::layout;
  static constexpr int arity = 1;
  static constexpr notation text{"view"};

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g;
  }
};

}  // namespace ramp::op
