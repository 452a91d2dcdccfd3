// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/exp.hpp>

namespace ramp::op {

/// Error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.
struct erf {
  static constexpr std::string_view name = "erf";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"erf"};
  static constexpr double max_ulp = 1.5;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::erf;
    return erf(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    constexpr double two_over_sqrt_pi = 1.1283791670955125739;
    return r.g * (two_over_sqrt_pi * r.template apply<exp>(-(r.x[0] * r.x[0])));
  }
};

}  // namespace ramp::op
