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

// [more]
constexpr auto df = derivative(abs(x), wrt(x));
constexpr auto theirs = compile(df, jax);                                      // at 0: 1
constexpr auto soft = compile(df, smooth<0.1>);                                // no jump at 0
constexpr auto right = compile(derivative(abs(x), wrt(x), directional(1.0)));  // at 0: 1
constexpr auto bounds = compile(derivative(abs(x), wrt(x), interval));         // at 0: -1 and 1
// [/more]

int main() {
  auto const [lower, upper] = bounds(x = 0.0);
  if (theirs(x = 0.0) != 1.0 || soft(x = 0.0) != 0.0 || !(soft(x = 0.01) < 0.5) ||
      right(x = 0.0) != 1.0 || lower != -1.0 || upper != 1.0)
    return 1;
  std::printf("%g %g %g\n", usual(x = 0.0), half(x = 0.0), one(x = 0.0));
  return usual(x = 0.0) == 0.0 && half(x = 0.0) == 0.5 && one(x = 0.0) == 1.0 ? 0 : 1;
}
