// SPDX-License-Identifier: BSL-1.0
// error: takes as many operands as the operation has
#include <ramp/ramp.hpp>

struct distance : ramp::own_operation<2> {
  static constexpr std::string_view name = "distance";
  static constexpr auto define(auto const& r) {
    return r.template apply<ramp::op::abs>(r.x[0] - r.x[1]);
  }
};

inline constexpr auto x = ramp::variable<"x">;
#ifdef TWIN
inline constexpr auto f = ramp::apply<distance>(x, 1.0);
#else
inline constexpr auto f = ramp::apply<distance>(x);
#endif
