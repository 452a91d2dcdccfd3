// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/logaddexp.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/relu.hpp>
#include <ramp/op/share.hpp>

namespace ramp::op {

/// The larger of a and b; NaN if either is. At a tie the policy shares the derivative: evenly under
/// `standard`, s to a and 1-s to b under `at_zero<s>`. Against a constant c the tie is that of
/// c + relu(x - c), whichever operand c is, so common spellings of a ramp agree.
struct max {
  static constexpr std::string_view name = "max";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"max"};
  static constexpr double max_ulp = 0;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::max, math::select;
    return select(a == a, max(a, b), a);  // b where it is NaN
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    double const weight = tie_weight(r.policy, r.k, r.is_constant(1 - r.k));
    auto const [mine, other] = r.settled(r.x[r.k], r.x[1 - r.k]);
    return r.template apply_with<share>(weight, r.g, mine, other);
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    return smoothed(r, r.x[0], r.x[1]);
  }
  /// The same of other values.
  template <class Rule, class Value>
  static constexpr auto smoothed(Rule const& r, Value const& a, Value const& b) {
    double const t = r.temperature();
    return t * r.template apply<logaddexp>(a * (1.0 / t), b * (1.0 / t));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<max>(r.x[0], r.x[1]);
  }

  /// The share of either operand.
  static constexpr conventions kinks[] = {
      {.standard = 0.5, .pytorch = 0.5, .jax = 0.5, .tensorflow = 1},
      {.standard = 0.5, .pytorch = 0.5, .jax = 0.5, .tensorflow = 0}};
  static constexpr double tie_weight(kink_policy policy, int k, bool against_constant) {
    if (against_constant) return relu::tie_weight(policy);
    return policy.at_kink(kinks[k], k == 0 ? policy.s : 1.0 - policy.s);
  }
  static constexpr int branch(double const* x) { return detail::order_of(x[0], x[1]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.x[0], r.x[1]);
  }
};

}  // namespace ramp::op
