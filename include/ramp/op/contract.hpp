// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Sum of products over shared dimensions: matrix product, matrix-vector product, outer product
/// summed over samples. It is sum(mul(a, b)) as one node, and has the derivative of that.
struct contract {
  static constexpr std::string_view name = "contract";
  static constexpr category kind = category::contraction;
  static constexpr int arity = 2;
  static constexpr notation text{"contract"};

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.x[r.k == 0 ? 1 : 0];
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.sum_of_products();
  }
};

}  // namespace ramp::op
