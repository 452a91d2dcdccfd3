// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: takes one direction for each name of wrt
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
auto const place = check::at(x = 0.0, y = 1.0);

#ifdef TWIN
bool passed() { return check::check_gradient(abs(x) * y, place, directional(1, -2)).passed(); }
#else
bool passed() { return check::check_gradient(abs(x) * y, place, directional(1)).passed(); }
#endif
