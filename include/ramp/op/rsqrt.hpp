// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// 1 / sqrt(x). Infinite at 0, where the derivative is -infinity; NaN below.
struct rsqrt {
  static constexpr std::string_view name = "rsqrt";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"rsqrt"};
  static constexpr double max_ulp = 1.5;

  template <class T>
  static constexpr T value(T x) {
    using math::rsqrt;
    return rsqrt(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return -0.5 * (r.g * (r.y / r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template decreasing<rsqrt>(r.clipped(r.x[0], 0.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], 0.0);
  }
};

}  // namespace ramp::op
