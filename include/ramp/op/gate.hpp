// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The derivative of relu as an operation of its own: g where x > 0, 0 where x < 0, weight * g
/// where x = 0, NaN where x is NaN. The weight is the node's attribute. Linear in g, flat in x.
struct gate {
  static constexpr std::string_view name = "gate";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"gate"};
  static constexpr double max_ulp = 0.5;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T g, T x, T weight) {
    using math::select;
    T const off_kink = select(x > T(0), g, select(x == x, T(0), x));
    return select(x == T(0), weight * g, off_kink);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k != 0) return r.none();
    return r.template apply_with<gate>(r.attribute, r.g, r.settled(r.x[1]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.forked(r.x[0], r.number(0.0), r.x[1]);
  }

  static constexpr bool has_attribute = true;
  static constexpr int branch(double const* x) { return detail::sign_of(x[1]); }
  static constexpr bool absorbs_nan(double const* x) { return x[1] < 0; }
};

}  // namespace ramp::op
