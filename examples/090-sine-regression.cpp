// SPDX-License-Identifier: BSL-1.0
// Regression with momentum and weight decay: a small network learns the sine.

#include <array>
#include <cmath>
#include <cstdio>
#include <ramp/ramp.hpp>
#include <ramp/train.hpp>
#include <vector>

using namespace ramp;

constexpr auto x = input<"x", 1>;
constexpr auto target = input<"target", 1>;
constexpr auto hidden_layer = dense<"hidden", 16>;
constexpr auto output_layer = dense<"output", 1>;
constexpr auto hidden = tanh(hidden_layer(x));
constexpr auto prediction = output_layer(hidden);

// Terms beside the mean over the batch are computed once for a batch, not once for a sample.
constexpr auto squared = [](auto w) { return sum(hadamard(w, w)); };
constexpr auto training = training_step<float>(
    [] {
      return mean_over_batch(mean_squared_error(prediction, target)) +
             1e-6 * (squared(hidden_layer.weight(x)) + squared(output_layer.weight(hidden)));
    },
    momentum{.beta = 0.95});
constexpr auto predict = compile<float>([] { return prediction; });

int main() {
  constexpr std::size_t count = 256;
  std::vector<float> xs, targets;
  for (std::size_t i = 0; i < count; ++i) {
    xs.push_back(-3.0f + 6.0f * static_cast<float>(i) / (count - 1));
    targets.push_back(std::sin(xs.back()));
  }

  auto step = training;
  auto model = step.initial_state(xavier_uniform{}, 1);
  std::vector<std::uint32_t> indices(count);
  train::shuffled_order order(indices, 1);
  constexpr int epochs = 600;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    step.rule.learning_rate = 0.1 * (epochs - epoch) / epochs;
    for (auto const batch : train::batches(order.next_epoch(), 64)) {
      auto const loss = step(model, x = xs, target = targets, samples(batch));
      if (!loss) {
        std::fprintf(stderr, "%s\n", loss.error().message().c_str());
        return 1;
      }
    }
  }

  std::array<float, 7> const places{-3, -2, -1, 0, 1, 2, 3};
  std::array<float, 7> learned{};
  if (!predict(model, x = places, output = learned)) return 1;
  float worst = 0.0f;
  for (std::size_t i = 0; i < places.size(); ++i) {
    float const exact = std::sin(places[i]);
    worst = std::fmax(worst, std::fabs(learned[i] - exact));
    std::printf("sin(%2g) = %7.4f   learned %7.4f\n", static_cast<double>(places[i]),
                static_cast<double>(exact), static_cast<double>(learned[i]));
  }
  std::printf("largest error %.4f\n", static_cast<double>(worst));
  return worst < 0.05f ? 0 : 1;
}
