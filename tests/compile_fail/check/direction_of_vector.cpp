// SPDX-License-Identifier: BSL-1.0
// error: check_gradient takes a scalar expression: reduce it, as in
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

constexpr auto x = variable<"x", 3>;
constexpr std::array here{0.0, 1.0, 2.0};

#ifdef TWIN
bool passed() {
  return check::check_gradient(sum(abs(x)), check::at(x = here), directional(1)).passed();
}
#else
bool passed() {
  return check::check_gradient(abs(x), check::at(x = here), directional(1)).passed();
}
#endif
