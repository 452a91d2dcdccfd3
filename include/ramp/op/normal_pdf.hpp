// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The density of the standard normal distribution, e^(-x^2 / 2) / sqrt(2 pi). Its derivative at
/// +-infinity is NaN.
struct normal_pdf {
  static constexpr std::string_view name = "normal_pdf";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"normal_pdf"};
  static constexpr double max_ulp = 2.0;

  template <class T>
  static constexpr T value(T x) {
    using math::normal_pdf;
    return normal_pdf(x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return -(r.g * (r.x[0] * r.y));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template decreasing<normal_pdf>(r.magnitude(r.x[0]));
  }
};

}  // namespace ramp::op
