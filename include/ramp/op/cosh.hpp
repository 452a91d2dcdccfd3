// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

struct sinh;

/// Hyperbolic cosine.
struct cosh {
  static constexpr std::string_view name = "cosh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"cosh"};
  static constexpr double max_ulp = 1.5;

  template <class T>
  static constexpr T value(T x) {
    using math::cosh;
    return cosh(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<sinh>(r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<cosh>(r.magnitude(r.x[0]));
  }
};

}  // namespace ramp::op
