// SPDX-License-Identifier: BSL-1.0
// A network that the compiler trains: it knows exclusive or before the program runs.

#include <array>
#include <cstdio>
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto bits = input<"bits", 2>;
constexpr auto target = input<"target">;
constexpr auto hidden = tanh(dense<"hidden", 4>(bits));
constexpr auto score = dense<"output", 1>(hidden);
constexpr auto loss = binary_cross_entropy(sum(score), target);

constexpr auto step = training_step<double>([] { return mean_over_batch(loss); },
                                            momentum{.learning_rate = 1.0, .beta = 0.9}, tile<4>);
using model_type = decltype(step)::model_type;

constexpr std::array<double, 8> all_bits{0, 0, 0, 1, 1, 0, 1, 1};
constexpr std::array<double, 4> exclusive_or{0, 1, 1, 0};

struct outcome {
  model_type model;
  double first_loss = 0.0, last_loss = 0.0;
};

constexpr outcome train_network(model_type const& start, int steps) {
  outcome o{start};
  decltype(step)::workspace workspace;
  for (int i = 0; i < steps; ++i) {
    double const now = step(o.model, workspace, bits = all_bits, target = exclusive_or).value();
    if (i == 0) o.first_loss = now;
    o.last_loss = now;
  }
  return o;
}

// Compilers limit the steps of one constant expression, so the training goes on in a second one.
constexpr int half = 12;
constexpr outcome begun = train_network(step.initial_state(xavier_uniform{}, 1), half);
constexpr outcome trained = train_network(begun.model, half);
static_assert(trained.last_loss < 0.1 * begun.first_loss);

int main() {
  std::printf("the compiler took %d steps: loss %.3f -> %.3f\n", 2 * half, begun.first_loss,
              trained.last_loss);
  constexpr auto probability = compile<double>([] { return sigmoid(sum(score)); });
  std::array<double, 4> answers{};
  if (!probability(trained.model, bits = all_bits, output = answers)) return 1;
  bool right = true;
  for (std::size_t i = 0; i < 4; ++i) {
    std::printf("%g xor %g   %.3f\n", all_bits[2 * i], all_bits[2 * i + 1], answers[i]);
    right = right && (answers[i] > 0.5) == (exclusive_or[i] > 0.5);
  }
  return right ? 0 : 1;
}
