// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Natural logarithm. log(0) = -infinity, log(x < 0) = NaN.
struct log {
  static constexpr std::string_view name = "log";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"log"};
  static constexpr double max_ulp = 0.9;

  template <class T>
  static constexpr T value(T x) {
    using math::log;
    return log(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / r.x[0];
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<log>(r.clipped(r.x[0], 0.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], 0.0);
  }
};

}  // namespace ramp::op
