// SPDX-License-Identifier: BSL-1.0
// error: a point is made of named values, as in at
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

constexpr auto x = variable<"x", 3>;
constexpr std::array here{0.5, 1.0, 2.0};

#ifdef TWIN
bool passed() { return check::check_gradient(sum(exp(x)), check::at(x = here)).passed(); }
#else
bool passed() { return check::check_gradient(sum(exp(x)), check::at(here)).passed(); }
#endif
