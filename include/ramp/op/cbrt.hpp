// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Cube root, of negative numbers too. Its derivative at 0 is infinite.
struct cbrt {
  static constexpr std::string_view name = "cbrt";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"cbrt"};
  static constexpr double max_ulp = 0.55;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::cbrt;
    return cbrt(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / (3.0 * (r.y * r.y));
  }

  static constexpr bool in_domain(double const* x) { return x[0] != 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.is(r.x[0], 0.0);
  }
};

}  // namespace ramp::op
