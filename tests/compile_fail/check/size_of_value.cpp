// SPDX-License-Identifier: BSL-1.0
// error: values of the size of their names
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <array>
#include <vector>

using namespace ramp;

constexpr auto x = variable<"x", 3>;
constexpr std::array here{0.5, 1.0, 2.0};

#ifdef TWIN
bool passed() { return check::check_gradient(sum(exp(x)), check::at(x = here)).passed(); }
#else
bool passed() {
  std::vector<double> const values{0.5, 1.0, 2.0};
  return check::check_gradient(sum(exp(x)), check::at(x = values)).passed();
}
#endif
