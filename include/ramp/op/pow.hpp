// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/equal.hpp>
#include <ramp/op/log.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// a^b. IEEE special cases: a^0 = 1, also for a = 0; a negative base needs an integer exponent.
/// The derivative with respect to b is 0 where the result is 0, so d/db 0^b = 0 for b > 0.
struct pow {
  static constexpr std::string_view name = "pow";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"pow"};
  static constexpr double max_ulp = 1.7;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::pow;
    return pow(a, b);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k == 0) return r.g * (r.x[1] * r.template apply<pow>(r.x[0], r.x[1] - 1.0));
    auto const slope = r.y * r.template apply<log>(r.x[0]);
    auto const vanishes = r.template apply<equal>(r.y, r.constant(0.0));
    return r.g * r.template apply<where>(vanishes, r.constant(0.0), slope);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    if (r.x[1].is_constant()) {
      double const n = r.number_of(1);
      bool const even = n / 2 == math::floor(n / 2);
      auto const power = [&](auto const& base) {
        return n > 0 ? r.template increasing<pow>(base, r.x[1])
                     : r.template decreasing<pow>(base, r.x[1]);
      };
      if (even) return power(r.magnitude(r.x[0]));
      // an odd power has a pole at 0 or rises
      if (n == math::floor(n))
        return n > 0 ? power(r.x[0])
                     : r.chosen(r.without_zero(r.x[0]), power(r.x[0]), r.everything());
    }
    auto const base = r.clipped(r.x[0], 0.0);
    return r.template at_corners<pow>(base, r.x[1]);
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0; }
  /// Narrower: for a constant exponent there is no derivative by it, which log(a) would spoil.
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    auto const a = r.x[0];
    auto const at_pole = r.both(r.is(a, 0.0), r.below(r.x[1], 1.0));
    if (!r.is_constant(1)) return r.either(r.below(a, 0.0), at_pole);
    return r.is_integer(1) ? at_pole : r.either(r.below(a, 0.0), at_pole);
  }
  static constexpr bool absorbs_nan(double const* x) { return x[0] == 1 || x[1] == 0; }
};

}  // namespace ramp::op
