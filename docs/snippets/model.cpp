// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>
#include <vector>

// [model]
#include <ramp/ramp.hpp>
#include <ramp/train.hpp>
using namespace ramp;

constexpr auto point = input<"point", 2>;        // one for each sample
constexpr auto label = class_label<"label", 3>;  // 0, 1 or 2
constexpr auto hidden = relu(dense<"hidden", 16>(point));
constexpr auto logits = dense<"output", 3>(hidden);
constexpr auto loss = cross_entropy(logits, label);
// [/model]

// [programs]
constexpr auto training =
    training_step<float>([] { return mean_over_batch(loss); }, momentum{.learning_rate = 0.1});
constexpr auto predict = compile<float>([] { return softmax(logits); });
// [/programs]

int main() {
  // three arms of a spiral
  std::vector<float> points;
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < 300; ++i) {
    float const r = static_cast<float>(i) / 300.0f;
    float const angle = 4.0f * r + 2.0944f * static_cast<float>(i % 3);
    points.insert(points.end(), {r * std::cos(angle), r * std::sin(angle)});
    labels.push_back(static_cast<std::uint8_t>(i % 3));
  }

  // [train]
  auto step = training;
  auto model = step.initial_state(he_normal{}, 1);  // a flat object without pointers
  std::vector<std::uint32_t> indices(labels.size());
  train::shuffled_order order(indices, 1);
  for (int epoch = 0; epoch < 200; ++epoch) {
    step.rule.learning_rate = epoch < 100 ? 0.1 : 0.01;
    for (auto const batch : train::batches(order.next_epoch(), 50)) {
      auto const loss_of_batch = step(model, point = points, label = labels, samples(batch));
      if (!loss_of_batch) {
        std::fprintf(stderr, "%s\n", loss_of_batch.error().message().c_str());
        return 1;
      }
    }
  }
  // [/train]

  // [predict]
  std::vector<float> probabilities(labels.size() * 3);
  if (!predict(model, point = points, output = probabilities)) return 1;
  double const accuracy = train::accuracy(probabilities, labels, 3).value();
  // [/predict]
  std::printf("accuracy %s\n", accuracy > 0.95 ? "above 95 %" : "below 95 %");

  // [parameters]
  constexpr auto weight = parameter<"output.weight", 16, 3>;
  float const old = model[weight](0, 2);  // row-major indices, whatever the layout in memory
  model[weight](0, 2) = 0.0f;
  // [/parameters]
  model[weight](0, 2) = old;

  // [workspace]
  static decltype(training)::workspace workspace;
  auto const last = step(model, workspace, point = points, label = labels);
  // [/workspace]
  return accuracy > 0.95 && last ? 0 : 1;
}
