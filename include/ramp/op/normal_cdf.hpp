// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/normal_pdf.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The standard normal distribution function, accurate in the lower tail.
struct normal_cdf {
  static constexpr std::string_view name = "normal_cdf";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"normal_cdf"};
  static constexpr double max_ulp = 7.0;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::normal_cdf;
    return normal_cdf(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<normal_pdf>(r.x[0]);
  }
};

}  // namespace ramp::op
