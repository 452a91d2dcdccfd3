// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/max.hpp>
#include <ramp/op/min.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/share.hpp>

namespace ramp::op {

/// min(max(x, -1), 1). The derivative at -1 and at 1 is the policy's: 0 under `standard`, s at -1
/// and 1 - s at 1 under `at_zero<s>`.
struct hard_tanh {
  static constexpr std::string_view name = "hard_tanh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"hard_tanh"};
  static constexpr double max_ulp = 0;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::select;
    return select(x < T(-1), T(-1), select(x > T(1), T(1), x));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const [x_over, lower] = r.settled(r.x[0], r.constant(-1.0));
    auto const [upper, x_under] = r.settled(r.constant(1.0), r.x[0]);
    auto const over = r.template apply_with<share>(tie_weight(r.policy, 0), r.g, x_over, lower);
    return r.template apply_with<share>(tie_weight(r.policy, 1), over, upper, x_under);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    auto const over = max::smoothed(r, r.x[0], r.constant(-1.0));
    return min::smoothed(r, over, r.constant(1.0));
  }

  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0, .jax = 1},
                                          {.standard = 0, .pytorch = 0, .jax = 1}};
  static constexpr double tie_weight(kink_policy policy, int bound) {
    return policy.at_kink(kinks[bound], bound == 0 ? policy.s : 1.0 - policy.s);
  }
  static constexpr int branch(double const* x) {
    return detail::sign_between(x[0] + 1.0, 1.0 - x[0]);
  }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.either(r.near(r.x[0], r.constant(-1.0)), r.near(r.x[0], r.constant(1.0)));
  }
};

}  // namespace ramp::op
