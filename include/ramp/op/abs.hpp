// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/log_two_cosh.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/sign.hpp>

namespace ramp::op {

/// |x|. At 0 the derivative is the policy's: 0 under `standard`, 2s-1 under `at_zero<s>`.
struct abs {
  static constexpr std::string_view name = "abs";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"abs"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T x) {
    using math::abs;
    return abs(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply_with<sign>(tie_slope(r.policy), r.settled(r.x[0]));
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    double const t = 2.0 * r.temperature();
    return t * r.template apply<log_two_cosh>(r.x[0] * (1.0 / t));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.magnitude(r.x[0]);
  }

  static constexpr conventions kinks[] = {
      {.standard = 0, .pytorch = 0, .jax = 1, .tensorflow = 0}};
  static constexpr double tie_slope(kink_policy policy) {
    return policy.at_kink(kinks[0], 2.0 * policy.s - 1.0);
  }
  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.x[0]);
  }
};

}  // namespace ramp::op
