// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Sum over some dimensions. Every summand receives the adjoint of the sum.
struct sum {
  static constexpr std::string_view name = "sum";
  static constexpr category kind = category::reduction;
  static constexpr int arity = 1;
  static constexpr notation text{"sum"};

  /// What an empty fold gives.
  template <class T>
  static constexpr T identity = T(0);

  /// Folds one more element into the accumulator.
  template <class T>
  static constexpr T fold(T accumulated, T next) {
    return accumulated + next;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.summed();
  }
};

}  // namespace ramp::op
