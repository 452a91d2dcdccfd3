// SPDX-License-Identifier: BSL-1.0
// error: has one or two operands
#include <ramp/ramp.hpp>

struct blend : ramp::own_operation<3> {
  static constexpr std::string_view name = "blend";
  static constexpr auto define(auto const& r) { return r.x[0] + r.x[2] * (r.x[1] - r.x[0]); }
#ifndef TWIN
  static constexpr auto chain(auto const& r) { return r.g * r.x[2]; }
#endif
};

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::apply<blend>(x, 1.0, 0.5);
