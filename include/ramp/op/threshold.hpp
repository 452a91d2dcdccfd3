// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/less_equal.hpp>
#include <ramp/op/logical_not.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// x where x > theta, the number v elsewhere, NaN where x is NaN; operands: x, theta, v. It jumps
/// at theta unless v is theta, so there is no policy for it: the derivative by x is 1 above theta,
/// 0 at and below it.
struct threshold {
  static constexpr std::string_view name = "threshold";
  static constexpr category kind = category::composite;
  static constexpr int arity = 3;
  static constexpr notation text{"threshold"};
  static constexpr double max_ulp = 0;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    auto const& x = r.x[0];
    auto const kept = r.template apply<logical_not>(r.template apply<less_equal>(x, r.x[1]));
    return r.template apply<where>(kept, x, r.x[2]);
  }
};

}  // namespace ramp::op
