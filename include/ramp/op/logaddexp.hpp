// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/equal.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/sigmoid.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// log(exp(a) + exp(b)), which cannot overflow.
struct logaddexp {
  static constexpr std::string_view name = "logaddexp";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"logaddexp"};
  static constexpr double max_ulp = 2.5;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::logaddexp;
    return logaddexp(a, b);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const share = r.template apply<sigmoid>(r.x[r.k] - r.x[1 - r.k]);
    auto const alike = r.template apply<equal>(r.x[0], r.x[1]);  // infinities, too
    return r.g * r.template apply<where>(alike, r.constant(0.5), share);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    // below zero digits cancel: the error is relative to the larger operand
    auto const end = [&](auto const& a, auto const& b, double ulps) {
      auto const sum = r.template apply<logaddexp>(a, b);
      return r.outward(sum, r.size_of(sum, a, b), ulps);
    };
    return r.ends(end(r.x[0].lower, r.x[1].lower, -2.5), end(r.x[0].upper, r.x[1].upper, 2.5));
  }

  static constexpr double error_scale(double const* x) {
    return math::max(math::abs(x[0]), math::abs(x[1]));
  }
};

}  // namespace ramp::op
