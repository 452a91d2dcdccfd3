// SPDX-License-Identifier: BSL-1.0
// error: says how many operands it has
#include <ramp/ramp.hpp>

#ifdef TWIN
struct cube : ramp::own_operation<1> {
#else
struct cube {
#endif
  static constexpr std::string_view name = "cube";
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[0] * r.x[0]; }
};

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::apply<cube>(x);
