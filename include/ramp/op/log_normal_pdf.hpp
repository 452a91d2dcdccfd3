// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The logarithm of the density of the standard normal distribution.
struct log_normal_pdf {
  static constexpr std::string_view name = "log_normal_pdf";
  static constexpr category kind = category::composite;
  static constexpr int arity = 1;
  static constexpr notation text{"log_normal_pdf"};
  static constexpr double max_ulp = 1.5;

  template <class Definition>
  static constexpr auto define(Definition const& r) {
    constexpr double log_sqrt_two_pi = 0.91893853320467274178;
    return -(0.5 * (r.x[0] * r.x[0]) + r.constant(log_sqrt_two_pi));
  }
};

}  // namespace ramp::op
