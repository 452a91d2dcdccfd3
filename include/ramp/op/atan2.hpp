// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/hypot.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The angle of the point (x, y), in [-pi, pi]; operands: y, x. atan2(0, 0) is 0 or +-pi by the
/// signs of the zeros, as in IEEE; its derivatives there, and at infinite operands, are NaN.
struct atan2 {
  static constexpr std::string_view name = "atan2";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"atan2"};
  static constexpr double max_ulp = 1.8;

  template <class T>
  static constexpr T value(T y, T x) {
    using math::atan2;
    return atan2(y, x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    // not x / (x * x + y * y), which overflows and underflows
    auto const h = r.template apply<hypot>(r.x[0], r.x[1]);
    return r.k == 0 ? r.g * (r.x[1] / h / h) : -(r.g * (r.x[0] / h / h));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    // it jumps where y is 0 and x is not positive; elsewhere it is monotone in x and in y
    double const half_turn = 3.1415926535897936;  // and not less
    auto const apart = r.either(r.without_zero(r.x[0]), r.positive(r.x[1]));
    return r.chosen(apart, r.template at_corners<atan2>(r.x[0], r.x[1]),
                    r.between(-half_turn, half_turn));
  }

  static constexpr bool in_domain(double const* x) { return x[0] != 0 || x[1] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.both(r.is(r.x[0], 0.0), r.at_most(r.x[1], 0.0));
  }
};

}  // namespace ramp::op
