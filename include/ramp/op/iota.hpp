// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The vector 0, 1, ..., n-1. Compared with a class label it is a one-hot vector that no memory
/// ever holds.
struct iota {
  static constexpr std::string_view name = "iota";
  static constexpr category kind = category::leaf;
  static constexpr int arity = 0;
  static constexpr notation text{};
};

}  // namespace ramp::op
