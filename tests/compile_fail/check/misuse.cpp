// SPDX-License-Identifier: BSL-1.0
// each wrong line: this function is called as the texts in quotes show
// error: "check_gradient\(f, at\(x = 0.3\)\)"
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <string>

using namespace ramp;

constexpr auto x = variable<"x">;

#ifdef TWIN
[[maybe_unused]] bool calls() { return check::check_gradient(x * x, check::at(x = 0.3)).passed(); }
#else
void calls() {
  check::check_gradient(std::string("x"), check::at(x = 0.3));           // wrong
  check::check_hessian(x * x, 3.0);                                      // wrong
  check::check_directional_derivative(3.0, check::at(x = 0.3));          // wrong
  check::check_forward_reverse(x * x);                                   // wrong
  check::check_dot_product(x * x, x = 0.3);                              // wrong
  check::policy_sensitivity("x", check::at(x = 0.3));                    // wrong
}
#endif
