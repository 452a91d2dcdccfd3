// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Inverse hyperbolic tangent. +-infinity at +-1, NaN beyond.
struct atanh {
  static constexpr std::string_view name = "atanh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"atanh"};
  static constexpr double max_ulp = 1.0;

  template <class T>
  static constexpr T value(T x) {
    using math::atanh;
    return atanh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / ((1.0 - r.x[0]) * (r.constant(1.0) + r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<atanh>(r.clipped(r.x[0], -1.0, 1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > -1 && x[0] < 1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.either(r.at_most(r.x[0], -1.0), r.at_least(r.x[0], 1.0));
  }
};

}  // namespace ramp::op
