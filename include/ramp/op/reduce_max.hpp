// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include <ramp/op/equal.hpp>
#include <ramp/op/exp.hpp>
#include <ramp/op/log.hpp>
#include <ramp/op/max.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/share.hpp>
#include <ramp/op/stop_gradient.hpp>
#include <ramp/op/sum.hpp>

namespace ramp::op {

/// The largest element over some dimensions; NaN if any is. k elements that tie for it share the
/// derivative evenly, 1/k each, under every policy that is one number.
struct reduce_max {
  static constexpr std::string_view name = "reduce_max";
  static constexpr category kind = category::reduction;
  static constexpr int arity = 1;
  static constexpr notation text{"max"};

  template <class T>
  static constexpr T identity = -std::numeric_limits<T>::infinity();

  template <class T>
  static constexpr T fold(T accumulated, T next) {
    return max::value(accumulated, next);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.policy.rule == kink_rule::interval)
      return r.template apply_with<share>(any_weight, r.g, r.x[0], r.y);
    // a product, not a selection: where the result is NaN nothing equals it and 0 * (g / 0) is NaN
    auto const selected =
        r.template settled_extreme<reduce_max>(r.template apply<equal>(r.x[0], r.y));
    return selected * (r.g / r.sum_over_reduced(selected));
  }

  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    // the extreme element goes out again: to the derivative it is a constant
    double const t = r.temperature();
    auto const extreme = r.template apply<stop_gradient>(r.per_result(r.y));
    auto const scaled = (r.x[0] - extreme) * (1.0 / t);
    auto const total = r.template folded<sum>(r.template apply<exp>(scaled));
    return extreme + t * r.template apply<log>(total);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.ends(r.template folded<reduce_max>(r.x[0].lower),
                  r.template folded<reduce_max>(r.x[0].upper));
  }

  static constexpr int branch(double const* x) { return detail::order_of(x[0], x[1]); }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.several(r.near(r.x[0], r.y));
  }
};

}  // namespace ramp::op
