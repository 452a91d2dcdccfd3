// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The part of g that goes to a where a competes with b for the larger: g where a > b, 0 where a <
/// b, weight * g at a tie, NaN where either is NaN. The weight is the node's attribute.
struct share {
  static constexpr std::string_view name = "share";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"share"};
  static constexpr double max_ulp = 0.5;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T g, T a, T b, T weight) {
    using math::select;
    T const lost = select(a < b, T(0), a + b);
    return select(a > b, g, select(a == b, weight * g, lost));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k != 0) return r.none();
    auto const [a, b] = r.settled(r.x[1], r.x[2]);
    return r.template apply_with<share>(r.attribute, r.g, a, b);
  }

  /// Where b is the largest of some elements and a one of them, or a the least and b one of them,
  /// the element competes with the others alone.
  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.forked(r.x[0], r.number(0.0), r.lead(1, 2));
  }

  static constexpr bool has_attribute = true;
  static constexpr int branch(double const* x) { return detail::order_of(x[1], x[2]); }
  static constexpr bool absorbs_nan(double const* x) { return x[1] < x[2]; }
};

}  // namespace ramp::op
