// SPDX-License-Identifier: BSL-1.0
// error: an operation of your own has a name
#include <ramp/ramp.hpp>

struct cube : ramp::own_operation<1> {
#ifdef TWIN
  static constexpr std::string_view name = "cube";
#endif
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[0] * r.x[0]; }
};

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::apply<cube>(x);
