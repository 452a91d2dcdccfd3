// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/less.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// x^2 / 2 where |x| <= delta, delta (|x| - delta / 2) beyond: the square near 0, a line beyond,
/// with one derivative where they meet; operands: x, delta > 0.
/// Source: P. Huber, "Robust estimation of a location parameter", 1964.
struct huber {
  static constexpr std::string_view name = "huber";
  static constexpr category kind = category::composite;
  static constexpr int arity = 2;
  static constexpr notation text{"huber"};
  static constexpr double max_ulp = 2.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    auto const& x = r.x[0];
    auto const& delta = r.x[1];
    auto const half_delta = 0.5 * delta;
    auto const square = 0.5 * (x * x);
    auto const is_above = r.template apply<less>(delta, x);
    auto const is_below = r.template apply<less>(x, -delta);
    auto const below = r.template apply<where>(is_below, -(delta * (x + half_delta)), square);
    return r.template apply<where>(is_above, delta * (x - half_delta), below);
  }

  static constexpr bool in_domain(double const* x) { return x[1] > 0; }
};

}  // namespace ramp::op
