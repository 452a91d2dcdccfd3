// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/digamma.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// log(|Gamma(x)|). Infinite at 0, -1, -2 ... and at +-infinity.
struct lgamma {
  static constexpr std::string_view name = "lgamma";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"lgamma"};
  static constexpr double max_ulp = 4.0;

  template <class T>
  static constexpr T value(T x) {
    using math::lgamma;
    return lgamma(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<digamma>(r.x[0]);
  }

  static constexpr bool in_domain(double const* x) { return detail::is_off_poles(x[0]); }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.both(r.at_most(r.x[0], 0.0), r.is_whole(r.x[0]));
  }
  static constexpr int branch(double const* x) { return x[0] > 0 ? 1 : detail::step_of(x[0]); }
  static constexpr double error_scale(double const* x) {
    return x[0] > 0 ? 0.0 : math::max(1.0, math::lgamma(-x[0]));
  }
};

}  // namespace ramp::op
