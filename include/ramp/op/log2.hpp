// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// Logarithm to base 2. log2(0) = -infinity, log2(x < 0) = NaN.
struct log2 {
  static constexpr std::string_view name = "log2";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"log2"};
  static constexpr double max_ulp = 0.9;

  template <class T>
  static constexpr T value(T x) {
    using math::log2;
    return log2(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    constexpr double ln2 = 0.69314718055994530942;
    return r.g / (ln2 * r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<log2>(r.clipped(r.x[0], 0.0));
  }

  static constexpr bool in_domain(double const* x) { return x[0] > 0; }
  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.at_most(r.x[0], 0.0);
  }
};

}  // namespace ramp::op
