// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// log(x / (1 - x)), the inverse of sigmoid. +-infinity at 0 and 1, NaN beyond.
struct logit {
  static constexpr std::string_view name = "logit";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"logit"};
  static constexpr double max_ulp = 1.1;

  template <class T>
  static constexpr T value(T x) {
    using math::logit;
    return logit(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g / (r.x[0] * (1.0 - r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<logit>(r.clipped(r.x[0], 0.0, 1.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0 && x[0] < 1; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.either(r.at_most(r.x[0], 0.0), r.at_least(r.x[0], 1.0));
  }
};

}  // namespace ramp::op
