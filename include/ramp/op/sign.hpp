// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The derivative of abs: 1 where x > 0, -1 where x < 0, the node's attribute where x = 0, NaN
/// where x is NaN. Its own derivative is zero.
struct sign {
  static constexpr std::string_view name = "sign";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"sign"};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T x, T at_zero) {
    using math::select;
    T const falling = select(x < T(0), T(-1), x);
    return select(x > T(0), T(1), select(x == T(0), at_zero, falling));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.none();
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    auto const end = [&](auto const& x, double side) {
      bool const any = r.is_any() || !r.x[0].is_number();
      return r.template apply_with<sign>(any ? side : r.at->value, x);
    };
    return r.ends(end(r.x[0].lower, -1.0), end(r.x[0].upper, 1.0));
  }

  static constexpr bool has_attribute = true;
  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
};

}  // namespace ramp::op
