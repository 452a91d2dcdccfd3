// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/op/gate.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// gate with weight 0, for an x that is a result of relu: g where x > 0, x itself elsewhere, which
/// is 0 or NaN. One comparison and one blend, and the argument of relu need not be kept.
struct output_gate {
  static constexpr std::string_view name = "output_gate";
  static constexpr category kind = category::elementwise;
  static constexpr int arity = 2;
  static constexpr notation text{"gate"};
  static constexpr double max_ulp = 0;
  static constexpr bool jumps = true;

  template <class T>
  static constexpr T value(T g, T x) {
    using math::select;
    return select(x > T(0), g, x);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    if (r.k != 0) return r.none();
    // an output is 0 left of the kink too, where its derivative is 0 along any direction
    return r.is_directed() ? r.template apply_with<gate>(0.0, r.g, r.sided(r.x[1]))
                           : r.template apply<output_gate>(r.g, r.x[1]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.chosen(r.sign_of(r.x[1]), r.x[0], r.number(0.0));
  }

  static constexpr int branch(double const* x) { return detail::sign_of(x[1]); }
  static constexpr bool absorbs_nan(double const* x) { return x[1] <= 0; }
  static constexpr bool in_domain(double const* x) { return x[1] >= 0; }
};

}  // namespace ramp::op
