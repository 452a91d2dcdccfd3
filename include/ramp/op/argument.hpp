// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// A tensor that is bound by name when the function is called: variable, input, class label,
/// parameter, optimizer state or run-time number. `node::attribute[0]` is its index in
/// `graph::arguments`.
struct argument {
  static constexpr std::string_view name = "argument";
  static constexpr category kind = category::leaf;
  static constexpr int arity = 0;
  static constexpr notation text{};
};

}  // namespace ramp::op
