// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/fork.hpp>
#include <ramp/op/min.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>
#include <ramp/op/relu6.hpp>

namespace ramp::op {

/// x * relu6(x + 3) / 6, and 0 at -infinity. At -3 and at 3 the derivative is the policy's: 0 and 1
/// under `standard`, -s / 2 and (3 - s) / 2 under `at_zero<s>`.
/// Source: A. Howard et al., "Searching for MobileNetV3", 2019.
struct hard_swish {
  static constexpr std::string_view name = "hard_swish";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"hard_swish"};
  static constexpr double max_ulp = 3.5;

  template <class T>
  static constexpr T value(T x) {
    using math::select;
    T const inside = select(x > T(-3), select(x < T(3), x, T(3)), T(-3));
    T const middle = x * ((inside + T(3)) * (T(1) / T(6)));
    return select(x <= T(-3), T(0), select(x >= T(3), x, middle));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const [over, lower] = r.settled(r.x[0], r.constant(-3.0));
    auto const [x, upper] = r.settled(r.x[0], r.constant(3.0));
    auto const middle = r.g * ((r.x[0] + r.constant(1.5)) * (1.0 / 3.0));
    auto const beyond =
        r.template apply_with<fork>(rest_of(tie_weight(r.policy, 1)), r.g, middle, x - upper);
    return r.template apply_with<fork>(tie_weight(r.policy, 0), beyond, r.constant(0.0),
                                       over - lower);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0] * r.template increasing<relu6>(r.x[0] + r.number(3.0)) / r.number(6.0);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    auto const over = relu::smoothed(r, r.x[0] + r.constant(3.0));
    return r.x[0] * (min::smoothed(r, over, r.constant(6.0)) * (1.0 / 6.0));
  }

  /// The weight of the slope between, which is -1/2 at -3 and 3/2 at 3.
  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 1, .jax = 0},
                                          {.standard = 0, .pytorch = 1, .jax = 0}};
  static constexpr double tie_weight(kink_policy policy, int bound) {
    return policy.at_kink(kinks[bound], bound == 0 ? policy.s : 1.0 - policy.s);
  }
  static constexpr int branch(double const* x) {
    return detail::sign_between(x[0] + 3.0, 3.0 - x[0]);
  }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.either(r.near(r.x[0], r.constant(-3.0)), r.near(r.x[0], r.constant(3.0)));
  }
};

}  // namespace ramp::op
