// SPDX-License-Identifier: BSL-1.0
// error: an operation of your own is defined by others
#include <ramp/ramp.hpp>

struct cube : ramp::own_operation<1> {
  static constexpr std::string_view name = "cube";
#ifdef TWIN
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[0] * r.x[0]; }
#else
  static constexpr double define(double x) { return x * x * x; }
#endif
};

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::apply<cube>(x);
