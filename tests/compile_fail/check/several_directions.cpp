// SPDX-License-Identifier: BSL-1.0
// error: check_gradient takes one direction, as in
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto x = variable<"x">;

#ifdef TWIN
bool passed() {
  return check::check_gradient(abs(x), check::at(x = 0.0), directional(-2)).passed();
}
#else
bool passed() { return check::check_gradient(abs(x), check::at(x = 0.0), lexicographic).passed(); }
#endif
