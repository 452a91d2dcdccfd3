// SPDX-License-Identifier: BSL-1.0
// A program outside the project, for each of the ways in.
#include <ramp/ramp.hpp>
#include <ramp/version.hpp>

#include <cstdio>

// A derivative needs every layer, and through them every header and Boost.Hana.
constexpr auto x = ramp::variable<"x">;
constexpr auto slope = ramp::compile(ramp::derivative(x * x, ramp::wrt(x)));

int main() {
  std::printf("ramp %d.%d.%d\n", ramp::version.major, ramp::version.minor, ramp::version.patch);
  return slope(x = 3.0) == 6.0 ? 0 : 1;
}
