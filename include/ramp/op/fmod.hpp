// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/round.hpp>

namespace ramp::op {

/// The remainder of a / b with the sign of a, exact, as in C. It jumps where a / b is an integer;
/// elsewhere the derivative by a is 1 and that by b is -trunc(a / b).
struct fmod {
  static constexpr std::string_view name = "fmod";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"fmod"};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T a, T b) {
    using math::fmod;
    return fmod(a, b);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k == 0) return r.g;
    return -(r.g * r.template apply<round>((r.x[0] - r.y) / r.x[1]));
  }

  static constexpr bool in_domain(double const* x) { return x[1] != 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.is(r.x[1], 0.0);
  }
  static constexpr int branch(double const* x) {
    double const rest = math::fmod(x[0], x[1]);
    return rest == 0 ? 0 : detail::step_of((x[0] - rest) / x[1] + 0.5);
  }
};

}  // namespace ramp::op
