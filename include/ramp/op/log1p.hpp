// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// ln(1 + x), without cancellation near 0. log1p(-1) = -infinity, log1p(x < -1) = NaN.
struct log1p {
  static constexpr std::string_view name = "log1p";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"log1p"};
  static constexpr double max_ulp = 0.9;

  template <class T>
  static constexpr T value(T x) {
    using math::log1p;
    return log1p(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / (r.constant(1.0) + r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<log1p>(r.clipped(r.x[0], -1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > -1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], -1.0);
  }
};

}  // namespace ramp::op
