// SPDX-License-Identifier: BSL-1.0
// A program outside the project, for each of the ways in.
#include <ramp/core/random.hpp>
#include <ramp/version.hpp>

#include <cstdio>

int main() {
  ramp::xoshiro256 generator(1);
  auto const number = ramp::uniform<double>(generator);
  std::printf("ramp %d.%d.%d\n", ramp::version.major, ramp::version.minor, ramp::version.patch);
  return number >= 0.0 && number < 1.0 ? 0 : 1;
}
