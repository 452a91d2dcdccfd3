// SPDX-License-Identifier: BSL-1.0
// error: output_at<i> counts results from 0
// error: \b2\b.*\b2\b
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(3 * x, 4 * x);

#ifdef TWIN
inline constexpr int place = 1;
#else
inline constexpr int place = 2;
#endif

void use(double& result) { (void)f(x = 1.0, ramp::output_at<place> = result); }
