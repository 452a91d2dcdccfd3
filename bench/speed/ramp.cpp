// SPDX-License-Identifier: BSL-1.0
//
// Enters ramp: the cases as a user would write them.
#include "contestant.hpp"

#include <ramp/ramp.hpp>

namespace {

using namespace ramp;

/// Inputs -> Hidden relu -> Classes, softmax cross-entropy.
template <int Inputs, int Hidden, int Classes, int Batch>
struct classifier {
  static constexpr auto image = input<"image", Inputs>;
  static constexpr auto label = class_label<"label", Classes>;
  static constexpr auto hidden = relu(dense<"hidden", Hidden>(image));
  static constexpr auto logits = dense<"output", Classes>(hidden);
  static constexpr auto loss = cross_entropy(logits, label);
  static constexpr auto hidden_weight = parameter<"hidden.weight", Inputs, Hidden>;
  static constexpr auto output_weight = parameter<"output.weight", Hidden, Classes>;
  static constexpr auto step =
      training_step<float>([] { return mean_over_batch(loss); }, sgd{}, tile<Batch>);
};

/// Inputs -> Hidden tanh -> 1, sigmoid and binary cross-entropy.
template <int Inputs, int Hidden, int Batch>
struct binary_classifier {
  static constexpr auto image = input<"image", Inputs>;
  static constexpr auto label = input<"label", 1>;
  static constexpr auto hidden = tanh(dense<"hidden", Hidden>(image));
  static constexpr auto logits = dense<"output", 1>(hidden);
  static constexpr auto loss = binary_cross_entropy(logits, label);
  static constexpr auto hidden_weight = parameter<"hidden.weight", Inputs, Hidden>;
  static constexpr auto output_weight = parameter<"output.weight", Hidden, 1>;
  static constexpr auto step =
      training_step<float>([] { return mean_over_batch(loss); }, sgd{}, tile<Batch>);
};

template <class Model, class Label>
class ramp_trainer final : public bench::trainer {
 public:
  explicit ramp_trainer(bench::problem const& p)
      : images_{p.images}, labels_(p.labels.begin(), p.labels.end()) {
    auto const hidden = state_[Model::hidden_weight];
    for (int i = 0; i < hidden.size(); ++i)
      hidden[i] = p.hidden_weight[static_cast<std::size_t>(i)];
    auto const output = state_[Model::output_weight];
    for (int i = 0; i < output.size(); ++i)
      output[i] = p.output_weight[static_cast<std::size_t>(i)];
  }

  float train(int steps, float learning_rate) override {
    auto step = Model::step;
    step.rule.learning_rate = static_cast<double>(learning_rate);
    float loss = 0.0f;
    for (int i = 0; i < steps; ++i) {
      auto const result =
          step(state_, workspace_, Model::image = images_, Model::label = labels_);
      loss = result ? result.value() : -1.0f;
    }
    return loss;
  }

 private:
  using step_type = std::remove_const_t<decltype(Model::step)>;
  std::vector<float> const& images_;
  std::vector<Label> labels_;
  typename step_type::model_type state_;
  typename step_type::workspace workspace_;
};

template <class Model, class Label = int>
std::unique_ptr<bench::trainer> make(bench::problem const& p) {
  return std::make_unique<ramp_trainer<Model, Label>>(p);
}

/// One tile holds the batch of the case; ten times the samples are ten tiles.
std::unique_ptr<bench::trainer> make_ramp(bench::problem const& p) {
  if (p.name == "m1") return p.tiles == 1 ? make<binary_classifier<2, 8, 4>, float>(p) : nullptr;
  if (p.name == "m2") return make<classifier<4, 16, 3, 32>>(p);
  if (p.name == "m3") return make<classifier<64, 32, 10, 32>>(p);
  if (p.name == "m4") return make<classifier<784, 128, 10, 64>>(p);
  return nullptr;
}

bench::enter const entry({"ramp", make_ramp});

}  // namespace
