// SPDX-License-Identifier: BSL-1.0
// error: elementwise operands need the same shape
#include <ramp/ramp.hpp>

struct product : ramp::own_operation<2> {
  static constexpr std::string_view name = "product";
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[1]; }
};

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto w = ramp::variable<"w", 3>;
#else
inline constexpr auto w = ramp::variable<"w", 4>;
#endif
inline constexpr auto f = ramp::apply<product>(v, w);
