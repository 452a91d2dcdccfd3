// SPDX-License-Identifier: BSL-1.0
#include <cstdio>
#include <ramp/ramp.hpp>
using namespace ramp;

// [policies]
constexpr auto x = variable<"x">;
constexpr auto usual = compile(derivative(relu(x), wrt(x)));              // at 0: 0
constexpr auto half = compile(derivative(relu(x), wrt(x)), symmetric);    // at 0: 0.5
constexpr auto one = compile(derivative(relu(x, at_zero<1.0>), wrt(x)));  // at 0: 1
// [/policies]

int main() {
  std::printf("%g %g %g\n", usual(x = 0.0), half(x = 0.0), one(x = 0.0));
  return usual(x = 0.0) == 0.0 && half(x = 0.0) == 0.5 && one(x = 0.0) == 1.0 ? 0 : 1;
}
