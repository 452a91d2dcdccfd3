// SPDX-License-Identifier: BSL-1.0
#include <cstdio>
#include <ramp/ramp.hpp>
using namespace ramp;

// [numbers]
using namespace ramp::literals;
constexpr auto x = variable<"x">;

constexpr auto a = compile(0.5_c * x * x);                       // 0.5_c is a constant by its type
constexpr auto b = compile<double>([] { return 0.5 * x * x; });  // in a lambda every number is one
constexpr auto c = compile(0.5 * x * x);                         // here 0.5 is a value, kept in c

double half = 0.5;
auto const d = compile(half * x * x);  // so it need not be known before
// [/numbers]

int main() {
  std::printf("%g %g %g %g\n", a(x = 3.0), b(x = 3.0), c(x = 3.0), d(x = 3.0));
  return a(x = 3.0) == 4.5 && b(x = 3.0) == 4.5 && c(x = 3.0) == 4.5 && d(x = 3.0) == 4.5 ? 0 : 1;
}
