// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/less.hpp>
#include <ramp/op/max.hpp>
#include <ramp/op/min.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/share.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// min(max(x, lower), upper), so `upper` where the bounds are the wrong way round; NaN if any
/// operand is. Operands: x, lower, upper. Where x is at a bound the two share the derivative by the
/// policy: x gets nothing under `standard`, s at the lower and 1 - s at the upper bound under
/// `at_zero<s>`; the product of both where the bounds are equal, as others have it.
struct clamp {
  static constexpr std::string_view name = "clamp";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"clamp"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T x, T lower, T upper) {
    return min::value(max::value(x, lower), upper);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    double const at_lower = tie_weight(r.policy, 0);
    double const at_upper = tie_weight(r.policy, 1);
    auto const [x_over, lower] = r.settled(r.x[0], r.x[1]);
    auto const [upper, x_under] = r.settled(r.x[2], r.x[0]);
    auto const [top, bottom] = r.settled(r.x[2], r.x[1]);
    if (r.k == 0) {
      auto const over = r.template apply_with<share>(at_lower, r.g, x_over, lower);
      return r.template apply_with<share>(at_upper, over, upper, x_under);
    }
    if (r.k == 1) {
      auto const over = r.template apply_with<share>(rest_of(at_lower), r.g, lower, x_over);
      return r.template apply_with<share>(at_upper, over, top, bottom);
    }
    return r.template apply<where>(
        r.template apply<less>(x_over, lower),
        r.template apply_with<share>(rest_of(at_upper), r.g, bottom, top),
        r.template apply_with<share>(rest_of(at_upper), r.g, x_under, upper));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<clamp>(r.x[0], r.x[1], r.x[2]);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    return min::smoothed(r, max::smoothed(r, r.x[0], r.x[1]), r.x[2]);
  }

  /// The share of x at the lower and at the upper bound. JAX: that of jnp.clip.
  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 1, .jax = 0.5},
                                          {.standard = 0, .pytorch = 1, .jax = 0.5}};
  static constexpr double tie_weight(kink_policy policy, int bound) {
    return policy.at_kink(kinks[bound], bound == 0 ? policy.s : 1.0 - policy.s);
  }
  static constexpr bool in_domain(double const* x) { return x[1] != x[2]; }
  static constexpr int branch(double const* x) {
    int const over = detail::order_of(x[0], x[1]);
    int const under = detail::order_of(x[2], x[0]);
    return over == 0 || under == 0 ? 0 : 16 * over + 4 * under + detail::order_of(x[2], x[1]);
  }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.either(r.near(r.x[0], r.x[1]), r.near(r.x[0], r.x[2]));
  }
};

}  // namespace ramp::op
