// SPDX-License-Identifier: BSL-1.0
// error: policy_sensitivity takes a scalar expression: reduce it, as in
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

constexpr auto x = variable<"x", 3>;
constexpr std::array here{0.5, 0.0, 2.0};

#ifdef TWIN
int kinks() {
  return check::policy_sensitivity(sum(relu(x)), check::at(x = here)).dependent();
}
#else
int kinks() {
  return check::policy_sensitivity(relu(x), check::at(x = here)).dependent();
}
#endif
