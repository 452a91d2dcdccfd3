// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstdio>
#include <iostream>
#include <ramp/ramp.hpp>
#include <vector>

using namespace ramp;
using namespace ramp::literals;

// [function]
constexpr auto x = variable<"x">;
constexpr auto f = relu(x - 1_c) * log(x);
constexpr auto g = compile(f, derivative(f, wrt(x)), trap);
// [/function]

// [stop]
constexpr auto guarded = compile(f, derivative(f, wrt(x)), trap_and_stop);
// [/stop]

// [step]
constexpr auto point = input<"point", 2>;
constexpr auto hidden = relu(dense<"hidden", 8>(point));
constexpr auto loss = [] { return mean_over_batch(sum(hidden)); };
constexpr auto step = training_step<float>(loss, sgd{.learning_rate = 0.1}, trap);
// [/step]

int main() {
  std::printf("[counts]\n");
  // [counts]
  decltype(g)::traps traps;
  for (double at : {1.0, 2.0, -1.0, 1.0}) (void)g(traps, x = at);
  for (auto const& hit : traps)
    std::cout << hit.place() << (hit.kind == trap_kind::kink ? " at a kink: " : " outside: ")
              << hit.count << '\n';
  // [/counts]

  std::printf("[stop]\n");
  // [stop]
  auto const result = guarded(x = 1.0);
  if (!result) std::cout << result.error().message() << '\n';
  // [/stop]

  std::printf("[training]\n");
  auto model = step.initial_state(constant_initializer{}, 1);  // dead from the start
  std::vector<float> const points(2 * 50, 1.0f);
  // [training]
  static decltype(step)::workspace workspace;
  if (!step(model, workspace, point = points)) return 1;
  for (auto const& hit : workspace.traps())
    std::cout << hit.place() << ": " << hit.count << '\n';
  // [/training]
  return traps.total() == 3 && workspace.traps().total() == 400 ? 0 : 1;
}
