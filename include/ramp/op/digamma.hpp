// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/less.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/polygamma.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {
namespace detail {

/// An end of lgamma or digamma, moved by its error, which `Op::error_scale` states.
template <class Op, class Enclosure>
constexpr auto gamma_end(Enclosure const& r, auto const& x, double side) {
  auto const y = r.template apply<Op>(x);
  auto const reflected = r.size_of(r.constant(1.0), r.template apply<Op>(r.size_of(x)));
  auto const scale = r.template apply<where>(r.template apply<less>(r.constant(0.0), x),
                                             r.constant(0.0), reflected);
  return r.outward(y, r.size_of(y, scale), side * Op::max_ulp);
}

}  // namespace detail

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

  /// It rises between its poles.
  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    auto const& x = r.x[0];
    return r.chosen(r.without_poles_of_gamma(x),
                    r.ends(detail::gamma_end<digamma>(r, x.lower, -1.0),
                           detail::gamma_end<digamma>(r, x.upper, 1.0)),
                    r.everything());
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
