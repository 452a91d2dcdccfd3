// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/gate.hpp>
#include <ramp/op/min.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>
#include <ramp/op/share.hpp>

namespace ramp::op {

/// min(max(x, 0), 6). The derivative at 0 and at 6 is the policy's: 0 under `standard`, s at 0 and
/// 1 - s at 6 under `at_zero<s>`.
struct relu6 {
  static constexpr std::string_view name = "relu6";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"relu6"};
  static constexpr double max_ulp = 0;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::select;
    return select(x < T(0), T(0), select(x > T(6), T(6), x));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const side = r.settled(r.x[0]);
    auto const [six, x] = r.settled(r.constant(6.0), r.x[0]);
    auto const over = r.template apply_with<gate>(tie_weight(r.policy, 0), r.g, side);
    return r.template apply_with<share>(tie_weight(r.policy, 1), over, six, x);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    return min::smoothed(r, relu::smoothed(r), r.constant(6.0));
  }

  static constexpr conventions kinks[] = {
      {.standard = 0, .pytorch = 0, .jax = 0, .tensorflow = 0},
      {.standard = 0, .pytorch = 0, .jax = 0, .tensorflow = 0}};
  static constexpr double tie_weight(kink_policy policy, int bound) {
    return policy.at_kink(kinks[bound], bound == 0 ? policy.s : 1.0 - policy.s);
  }
  static constexpr int branch(double const* x) {
    return detail::sign_between(x[0], 6.0 - x[0]);
  }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.either(r.near(r.x[0]), r.near(r.x[0], r.constant(6.0)));
  }
};

}  // namespace ramp::op
