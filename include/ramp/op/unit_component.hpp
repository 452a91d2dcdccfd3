// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/equal.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// What the derivative of a length is made of: x / length, the component of a unit vector; the
/// node's attribute where the length is 0. Operands: x, length.
struct unit_component {
  static constexpr std::string_view name = "unit_component";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"unit_component"};
  static constexpr double max_ulp = 0.5;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T x, T length, T at_zero) {
    using math::select;
    auto const none = length == T(0);
    return select(none, at_zero, x / select(none, T(1), length));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const& length = r.x[1];
    auto const part = r.k == 0 ? r.g / length : -(r.g * (r.y / length));
    return r.template apply<where>(length, part, r.constant(0.0));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.within(r.x[0] / r.x[1], -1.0, 1.0);
  }

  static constexpr bool has_attribute = true;
  static constexpr int branch(double const* x) { return x[1] == 0 ? 0 : 1; }
  static constexpr bool absorbs_nan(double const* x) { return x[1] == 0; }
};

}  // namespace ramp::op
