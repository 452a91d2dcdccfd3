// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The n-th derivative of digamma. The order n, from 1, is the node's attribute, so that there is a
/// derivative of every order. At 0, -1, -2 ... infinite for odd n, NaN for even n but at 0; 0 at
/// infinity. max_ulp is that of order 20.
struct polygamma {
  static constexpr std::string_view name = "polygamma";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"polygamma"};
  static constexpr double max_ulp = math::polygamma_ulp(20.0);

  template <class T>
  static constexpr T value(T x, T order) {
    using math::get_lane, math::polygamma;
    return polygamma(static_cast<int>(get_lane(order, 0)), x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply_with<polygamma>(r.attribute + 1.0, r.x[0]);
  }

  /// On the positive axis it falls for odd n and rises for even n, with the error that
  /// core/math/polygamma.hpp states.
  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    double const order = r.at->value;
    auto const& x = r.x[0];
    auto const end = [&](auto const& v, double side) {
      auto const y = r.template apply_with<polygamma>(order, v);
      return r.outward(y, y, side * math::polygamma_ulp(order));
    };
    bool const rises = static_cast<int>(order) % 2 == 0;
    return r.chosen(r.positive(x),
                    r.ends(end(rises ? x.lower : x.upper, -1.0),
                           end(rises ? x.upper : x.lower, 1.0)),
                    r.everything());
  }

  static constexpr bool has_attribute = true;
  static constexpr bool in_domain(double const* x) { return detail::is_off_poles(x[0]); }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.both(r.at_most(r.x[0], 0.0), r.is_whole(r.x[0]));
  }
  static constexpr int branch(double const* x) { return x[0] > 0 ? 1 : detail::step_of(x[0]); }
};

}  // namespace ramp::op
