// SPDX-License-Identifier: BSL-1.0
#include <iostream>
#include <ramp/ramp.hpp>

using namespace ramp;

// [formula]
constexpr auto x = variable<"x">;
constexpr auto f = sin(x) * exp(-x * x);
constexpr auto df = derivative(f, wrt(x));
constexpr auto both = compile(f, df);
// [/formula]

// [model]
constexpr auto pixels = input<"pixels", 64>;
constexpr auto digit = class_label<"digit", 10>;
constexpr auto hidden = relu(dense<"hidden", 32>(pixels));
constexpr auto logits = dense<"output", 10>(hidden);
constexpr auto loss = cross_entropy(logits, digit);
constexpr auto step =
    training_step<float>([] { return mean_over_batch(loss); }, sgd{.learning_rate = 0.1});
// [/model]

int main() {
  std::cout << "[text]\n";
  // [print]
  std::cout << text(df) << '\n';
  std::cout << text(derivative(df, wrt(x))) << '\n';
  // [/print]
  std::cout << "[graph]\n" << graph_text(both) << "\n";
  std::cout << "[plan]\n" << plan_text(both) << "\n";
  std::cout << "[loss]\n" << text(loss) << '\n';
  std::cout << "[step]\n" << plan_text(step) << "\n";
}
