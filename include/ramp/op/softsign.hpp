// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/abs.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// x / (1 + |x|), which is +-1 at infinity. Its derivative is continuous, that of the derivative is
/// not: at 0 it is the policy's, as the one of abs is.
struct softsign {
  static constexpr std::string_view name = "softsign";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 1;
  static constexpr notation text{"softsign"};
  static constexpr double max_ulp = 1.5;
  static constexpr int monotone = 1;

  template <class T>
  static constexpr T value(T x) {
    using math::abs, math::copysign, math::select;
    T const far = T(0x1p60);  // where 1 + |x| is |x|: the quotient of infinities would be NaN
    T const size = abs(x);
    auto const beyond = size > far;
    return select(beyond, copysign(far, x), x) / (T(1) + select(beyond, far, size));
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    auto const factor = r.constant(1.0) / (r.constant(1.0) + r.template apply<abs>(r.x[0]));
    return r.g * (factor * factor);
  }

  static constexpr int branch(double const* x) { return detail::sign_of(x[0]); }
};

}  // namespace ramp::op
