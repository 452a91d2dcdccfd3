// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// What the derivative of a function with a slope on either side of a kink is made of: a where
/// x > 0, b where x < 0, weight * a + (1 - weight) * b where x = 0, NaN where x is NaN. The weight
/// is the node's attribute. Linear in a and b, flat in x; a side that is not taken has no say.
struct fork {
  static constexpr std::string_view name = "fork";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"fork"};
  static constexpr double max_ulp = 1.5;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T a, T b, T x, T weight) {
    using math::select;
    T const sides = select(x > T(0), a, select(x < T(0), b, x));
    T const between = weight * a + (T(1) - weight) * b;
    // a side of weight 0 has no say either: it may be infinite
    T const tied = select(weight == T(1), a, select(weight == T(0), b, between));
    return select(x == T(0), tied, sides);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k == 2) return r.none();
    auto const nothing = r.constant(0.0);
    auto const side = r.settled(r.x[2]);
    return r.k == 0 ? r.template apply_with<fork>(r.attribute, r.g, nothing, side)
                    : r.template apply_with<fork>(r.attribute, nothing, r.g, side);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.forked(r.x[0], r.x[1], r.x[2]);
  }

  static constexpr bool has_attribute = true;
  static constexpr int branch(double const* x) { return detail::sign_of(x[2]); }
  static constexpr bool absorbs_nan(double const* x) {
    return x[2] > 0 ? x[0] == x[0] : x[2] < 0 && x[1] == x[1];
  }
  static constexpr double error_scale(double const* x) {
    return math::max(math::abs(x[0]), math::abs(x[1]));
  }
};

}  // namespace ramp::op
