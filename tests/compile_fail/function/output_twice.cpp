// SPDX-License-Identifier: BSL-1.0
// error: binds a name more than once
// error: output_place<0>(; int Times =|,) 2
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(3 * x, 4 * x);

#ifdef TWIN
inline constexpr int second = 1;
#else
inline constexpr int second = 0;
#endif

void use(double& one, double& two) {
  f(x = 1.0, ramp::output = one, ramp::output_at<second> = two);
}
