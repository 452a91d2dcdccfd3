// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/unit_component.hpp>

namespace ramp::op {

/// sqrt(a * a + b * b), where neither square overflows nor underflows; infinite if a or b is, even
/// beside a NaN. At (0, 0), where there is no derivative, 0 is returned; beside an infinite operand
/// the derivatives are NaN or 0.
struct hypot {
  static constexpr std::string_view name = "hypot";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"hypot"};
  static constexpr double max_ulp = 1.3;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::hypot;
    return hypot(a, b);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const [a, b] = r.settled_vector(r.x[0], r.x[1]);
    auto const length = r.is_directed() ? r.template apply<hypot>(a, b) : r.y;
    return r.g * r.template apply_with<unit_component>(tie_slope(r.policy), r.k == 0 ? a : b,
                                                       length);
  }

  /// A third side: slopes turn as fast as that of abs does, and no length is 0.
  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    auto const side = r.constant(2.0 * r.temperature());
    return r.template apply_under<hypot>(
        standard_policy::value, r.x[0],
        r.template apply_under<hypot>(standard_policy::value, r.x[1], side));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<hypot>(r.magnitude(r.x[0]), r.magnitude(r.x[1]));
  }

  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0, .jax = 0.5}};
  static constexpr double tie_slope(kink_policy policy) { return policy.at_kink(kinks[0], 0.0); }
  static constexpr int branch(double const* x) { return x[0] == 0 && x[1] == 0 ? 0 : 1; }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.both(r.near(r.x[0]), r.near(r.x[1]));
  }
  static constexpr bool absorbs_nan(double const* x) {
    double const infinity = math::format<double>::infinity;
    return x[0] == infinity || x[0] == -infinity || x[1] == infinity || x[1] == -infinity;
  }
};

}  // namespace ramp::op
