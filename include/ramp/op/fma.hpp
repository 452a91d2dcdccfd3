// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// a * b + c: one rounding where the target has such an instruction, two elsewhere.
struct fma {
  static constexpr std::string_view name = "fma";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 3;
  static constexpr notation text{"fma"};
  static constexpr double max_ulp = 1.0;

  template <class T>
  static constexpr T value(T a, T b, T c) {
    using math::fma;
    return fma(a, b, c);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.k == 2 ? r.g : r.g * r.x[1 - r.k];
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.x[0] * r.x[1] + r.x[2];
  }

  static constexpr double error_scale(double const* x) {
    return math::max(math::abs(x[0] * x[1]), math::abs(x[2]));
  }
};

}  // namespace ramp::op
