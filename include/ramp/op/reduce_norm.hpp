// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/hypot.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/unit_component.hpp>

namespace ramp::op {

/// The square root of the sum of squares over some dimensions: no square overflows or underflows;
/// NaN if any element is. Where it is 0 there is no derivative, and 0 is returned under every
/// policy that is one number.
struct reduce_norm {
  static constexpr std::string_view name = "reduce_norm";
  static constexpr category kind = category::reduction;
  static constexpr int arity = 1;
  static constexpr notation text{"norm2"};

  /// What an empty fold gives, and what one of a single element gives.
  template <class T>
  static constexpr T identity = T(0);
  template <class T>
  static constexpr T first(T x) {
    using math::abs;
    return abs(x);
  }

  template <class T>
  static constexpr T fold(T accumulated, T next) {
    using math::abs;
    using math::hypot;
    using math::select;
    // hypot of an infinity and a NaN is infinite
    T const sum = accumulated + abs(next);
    return select(sum == sum, hypot(accumulated, next), sum);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const x = r.settled_vector(r.x[0]);
    auto const length = r.is_directed() ? r.repeated(r.template folded<reduce_norm>(x)) : r.y;
    return r.g * r.template apply_with<unit_component>(tie_slope(r.policy), x, length);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    auto const size = r.magnitude(r.x[0]);
    auto const end = [&](auto const& x, double ulps) {
      auto const length = r.template folded<reduce_norm>(x);
      return r.outward(length, length, ulps * r.terms());
    };
    return r.ends(end(size.lower, -hypot::max_ulp), end(size.upper, hypot::max_ulp));
  }

  /// One more side, as in hypot.
  template <class Rule>
  static constexpr auto smoothed(Rule const& r) {
    auto const side = r.constant(2.0 * r.temperature());
    return r.template apply_under<hypot>(standard_policy::value, r.per_result(r.y), side);
  }

  static constexpr conventions kinks[] = {{.standard = 0, .pytorch = 0}};
  static constexpr double tie_slope(kink_policy policy) { return policy.at_kink(kinks[0], 0.0); }
  static constexpr int branch(double const* x) { return x[1] == 0 ? 0 : 1; }
  template <class Rule>
  static constexpr auto kink(Rule const& r) {
    return r.near(r.per_result(r.y));
  }
};

}  // namespace ramp::op
