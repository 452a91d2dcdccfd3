// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/operation.hpp>
#include <ramp/op/tanh.hpp>

namespace ramp::op {

/// log(2 cosh(x)) = log(exp(x) + exp(-x)), which is |x| without its kink. Never below log 2, and
/// neither the value nor the derivative, tanh(x), is a difference, so both keep their accuracy.
struct log_two_cosh {
  static constexpr std::string_view name = "log_two_cosh";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"log_two_cosh"};
  static constexpr double max_ulp = 1.7;

  template <class T>
  static constexpr T value(T x) {
    using math::abs, math::softplus;
    T const size = abs(x);
    return size + softplus(T(-2) * size);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template apply<tanh>(r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.template increasing<log_two_cosh>(r.magnitude(r.x[0]));
  }
};

}  // namespace ramp::op
