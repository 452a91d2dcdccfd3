// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Product over some dimensions. The derivative by an element is the product of the others, without
/// a division: it is exact where elements are 0, and a NaN spoils that of the others only.
struct reduce_product {
  static constexpr std::string_view name = "reduce_product";
  static constexpr category kind = category::reduction;
  static constexpr int arity = 1;
  static constexpr notation text{"product"};

  /// What an empty fold gives.
  template <class T>
  static constexpr T identity = T(1);

  template <class T>
  static constexpr T fold(T accumulated, T next) {
    return accumulated * next;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.product_of_others(r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.multiplied();
  }
};

}  // namespace ramp::op
