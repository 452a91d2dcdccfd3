// SPDX-License-Identifier: BSL-1.0
// A function and its derivative: as numbers, as constants of the program, as text.

// [first-gradient]
#include <iostream>
#include <ramp/ramp.hpp>
using namespace ramp;

constexpr auto x = variable<"x">;
constexpr auto f = sin(x) * exp(-x * x);
constexpr auto df = derivative(f, wrt(x));   // an expression again
constexpr auto both = compile(f, df);        // one function: what f and df share is computed once
static_assert(compile(df)(x = 0.0) == 1.0);  // in a constant expression too

int main() {
  auto [value, slope] = both(x = 0.3);
  std::cout << "f(0.3)  = " << value << "\nf'(0.3) = " << slope << '\n';
  std::cout << "f'(x)   = " << text(df) << '\n';
  // [/first-gradient]
  auto const close = [](double a, double b) { return a - b < 1e-15 && b - a < 1e-15; };
  return close(value, 0.27008513274559637) && close(slope, 0.7110607301920611) ? 0 : 1;
  // [first-gradient]
}
// [/first-gradient]
