// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/log.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/where.hpp>

namespace ramp::op {

/// x * log(y), and 0 where x is 0 (unless y is NaN). The derivative by x is log(y), so that of
/// xlogy(x, x) is -infinity at 0; that by y is 0 where x is 0.
struct xlogy {
  static constexpr std::string_view name = "xlogy";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"xlogy"};
  static constexpr double max_ulp = 2.4;

  template <class T>
  static constexpr T value(T x, T y) {
    using math::xlogy;
    return xlogy(x, y);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k == 0) return r.g * r.template apply<log>(r.x[1]);
    // selected by x itself: 0 / 0 has no say
    return r.g * r.template apply<where>(r.x[0], r.x[0] / r.x[1], r.constant(0.0));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0] * r.template increasing<log>(r.clipped(r.x[1], 0.0));
  }

  static constexpr bool in_domain(double const* x) { return x[1] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[1], 0.0);
  }
};

}  // namespace ramp::op
