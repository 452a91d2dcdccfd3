// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 2^x. Overflows to infinity from 1024 (double) or 128 (float), underflows to 0.
struct exp2 {
  static constexpr std::string_view name = "exp2";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"exp2"};
  static constexpr double max_ulp = 1.4;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::exp2;
    return exp2(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    constexpr double ln2 = 0.69314718055994530942;
    return r.g * (ln2 * r.y);
  }
};

}  // namespace ramp::op
