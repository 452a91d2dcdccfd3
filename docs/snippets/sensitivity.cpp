// SPDX-License-Identifier: BSL-1.0
// How far a gradient depends on the policy.
#include <array>
#include <cstdio>
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>
using namespace ramp;

constexpr auto x = input<"x", 2>;
constexpr auto w = parameter<"w", 2, 2>;
constexpr auto b = parameter<"b", 2>;
// [loss]
constexpr auto loss = sum(relu(x * w + b)) + 0.125 * norm1(w);
// [/loss]

int main() {
  // [call]
  std::array<double, 4> const weights{2.0, 0.0, 1.0, 0.5};
  auto const found = check::policy_sensitivity(
      loss, check::at(x = {1.0, -2.0}, w = weights, b = {0.0, 3.0}));
  std::puts(check::text(found).c_str());
  // [/call]
}
