// SPDX-License-Identifier: BSL-1.0
// error: a value for every name of the expression, once
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

constexpr auto x = variable<"x", 3>;
constexpr auto y = variable<"y">;
constexpr std::array here{0.5, 1.0, 2.0};

#ifdef TWIN
bool passed() { return check::check_gradient(sum(x) * y, check::at(x = here, y = 2.0)).passed(); }
#else
bool passed() { return check::check_gradient(sum(x) * y, check::at(x = here)).passed(); }
#endif
