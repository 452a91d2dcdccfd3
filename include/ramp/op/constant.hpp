// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// A number known at compile time; `node::value` holds it. It broadcasts to any shape.
struct constant {
  static constexpr std::string_view name = "constant";
  static constexpr category kind = category::leaf;
  static constexpr int arity = 0;
  static constexpr notation text{};
};

}  // namespace ramp::op
