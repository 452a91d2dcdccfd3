// SPDX-License-Identifier: BSL-1.0
// The check of a gradient along a direction.
#include <cstdio>
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>
using namespace ramp;
using namespace ramp::literals;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;

int main() {
  // [check]
  auto const f = abs(x) - abs(x - y);
  auto const r = check::check_gradient(f, check::at(x = 0.0, y = 0.0), directional(1_c, 2_c));
  std::printf("%d compared, %d of them on a kink; %d differ, %d skipped\n", r.compared, r.on_kinks,
              r.different, r.skipped());
  // [/check]
}
