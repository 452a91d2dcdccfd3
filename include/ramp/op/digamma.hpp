// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/polygamma.hpp>

namespace ramp::op {

/// The derivative of lgamma. -infinity at 0 and infinity at -0, NaN at -1, -2 ... and at -infinity.
struct digamma {
  static constexpr std::string_view name = "digamma";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"digamma"};
  static constexpr double max_ulp = 6.0;

  template <class T>
  static constexpr T value(T x) {
    using math::digamma;
    return digamma(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply_with<polygamma>(1.0, r.x[0]);
  }

  static constexpr bool in_domain(double const* x) { return detail::is_off_poles(x[0]); }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.both(r.at_most(r.x[0], 0.0), r.is_whole(r.x[0]));
  }
  static constexpr int branch(double const* x) { return x[0] > 0 ? 1 : detail::step_of(x[0]); }
  static constexpr double error_scale(double const* x) {
    return x[0] > 0 ? 0.0 : math::max(1.0, math::abs(math::digamma(-x[0])));
  }
};

}  // namespace ramp::op
