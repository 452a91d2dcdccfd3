// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/fork.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>

namespace ramp::op {

/// x where x > 0, slope * x elsewhere; operands: x, slope. With a slope that is learned it is known
/// as parametric relu. At 0 the derivative is the policy's: slope under `standard`,
/// slope + (1 - slope) * s under `at_zero<s>`.
struct leaky_relu {
  static constexpr std::string_view name = "leaky_relu";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"leaky_relu"};
  static constexpr double max_ulp = 0.5;

  template <class T>
  static constexpr T value(T x, T slope) {
    using math::select;
    return select(x > T(0), x, slope * x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const side = r.settled(r.x[0]);
    double const weight = tie_weight(r.policy);
    return r.k == 0 ? r.template apply_with<fork>(weight, r.g, r.x[1] * r.g, side)
                    : r.template apply_with<fork>(weight, r.constant(0.0), r.x[0] * r.g, side);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    return r.x[1] * r.x[0] + (1.0 - r.x[1]) * relu::smoothed(r);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<relu>(r.x[0]) -
           r.x[1] * r.template increasing<relu>(-r.x[0]);
  }

  /// The weight of the slope 1.
  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0, .jax = 1, .tensorflow = 0}};
  static constexpr double tie_weight(kink_policy policy) {
    return policy.at_kink(kinks[0], policy.s);
  }
  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.x[0]);
  }
  static constexpr bool absorbs_nan(double const* x) { return x[0] > 0; }
};

}  // namespace ramp::op
