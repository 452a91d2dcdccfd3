// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/expm1.hpp>
#include <ramp/op/less.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// x where x > 0, alpha (exp(x / alpha) - 1) elsewhere, which has a derivative at 0 for every alpha
/// > 0; operands: x, alpha.
/// Source: J. Barron, "Continuously differentiable exponential linear units", 2017.
struct celu {
  static constexpr std::string_view name = "celu";
  static constexpr category kind = category::composite;
  static constexpr int arity = 2;
  static constexpr notation text{"celu"};
  static constexpr double max_ulp = 4.0;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    auto const& x = r.x[0];
    auto const& alpha = r.x[1];
    auto const positive = r.template apply<less>(r.constant(0.0), x);
    return r.template apply<where>(positive, x, alpha * r.template apply<expm1>(x / alpha));
  }

  static constexpr bool in_domain(double const* x) { return x[1] > 0; }
};

}  // namespace ramp::op
