// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/digamma.hpp>
#include <ramp/op/max.hpp>
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

  /// Convex between its poles, so nowhere below its tangents, and on the positive axis not below
  /// its minimum at 1.46, -0.12148629...
  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    auto const& x = r.x[0];
    auto const at = [&](auto const& end) {
      return r.ends(detail::gamma_end<lgamma>(r, end, -1.0),
                    detail::gamma_end<lgamma>(r, end, 1.0));
    };
    auto found = at(x.lower);
    if (!x.is_number()) {
      double const infinity = math::format<double>::infinity;
      auto const first = found, last = at(x.upper);
      auto const slope_at = [&](auto const& end, double side) {
        auto const slope = detail::gamma_end<digamma>(r, end, side);
        return r.ends(slope, slope);
      };
      auto const width = r.ends(x.upper, x.upper) - r.ends(x.lower, x.lower);
      auto const forward = first + r.within(slope_at(x.lower, -1.0), -infinity, 0.0) * width;
      auto const backward = last - r.within(slope_at(x.upper, 1.0), 0.0, infinity) * width;
      auto const least = r.chosen(r.positive(x), r.number(-0.1214864), r.number(-infinity)).lower;
      found = r.ends(r.template apply<max>(
                         r.template apply<max>(forward.lower, backward.lower), least),
                     r.template apply<max>(first.upper, last.upper));
    }
    return r.chosen(r.without_poles_of_gamma(x), found, r.everything());
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
