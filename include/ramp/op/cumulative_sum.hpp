// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The sums of the first 1, 2, 3, ... elements along one axis: attribute = {axis, 0, 1}; of the
/// last ones, which is the adjoint: {axis, 0, -1}. A NaN is in every sum that it is part of.
struct cumulative_sum {
  static constexpr std::string_view name = "cumulative_sum";
  static constexpr category kind = category::scan;
  static constexpr int arity = 1;
  static constexpr notation text{"cumulative_sum"};

  /// The next result, from the one before and an element.
  template <class T>
  static constexpr T fold(T accumulated, T next) {
    return accumulated + next;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.summed_along();
  }

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    return r.template scanned<cumulative_sum>(r.g, r.attributes[0], -r.attributes[2]);
  }
};

}  // namespace ramp::op
