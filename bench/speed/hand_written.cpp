// SPDX-License-Identifier: BSL-1.0
//
// Enters the hand-written reference.
#include "contestant.hpp"
#include "reference/binary_classifier.hpp"
#include "reference/classifier.hpp"

namespace {

using bench::problem;
using bench::trainer;

/// Labels as the model's step wants them: integers for a softmax, numbers for a sigmoid.
template <class Model, class Label>
class reference_trainer final : public trainer {
 public:
  explicit reference_trainer(problem const& p)
      : images_{p.images}, labels_(p.labels.begin(), p.labels.end()) {
    model_.initialize(p.hidden_weight.data(), p.output_weight.data());
  }

  float train(int steps, float learning_rate) override {
    float loss = 0.0f;
    for (int i = 0; i < steps; ++i)
      loss = model_.step(images_.data(), labels_.data(), learning_rate);
    return loss;
  }

 private:
  std::vector<float> const& images_;
  std::vector<Label> labels_;
  Model model_;
};

template <class Model, class Label = int>
std::unique_ptr<trainer> make(problem const& p) {
  return std::make_unique<reference_trainer<Model, Label>>(p);
}

std::unique_ptr<trainer> make_reference(problem const& p) {
  using namespace reference;
  bool const one = p.tiles == 1;
  if (p.name == "m1") return one ? make<binary_classifier, float>(p) : nullptr;
  if (p.name == "m2")
    return one ? make<classifier<4, 16, 3, 32>>(p) : make<classifier<4, 16, 3, 320>>(p);
  if (p.name == "m3")
    return one ? make<classifier<64, 32, 10, 32>>(p) : make<classifier<64, 32, 10, 320>>(p);
  if (p.name == "m4")
    return one ? make<classifier<784, 128, 10, 64>>(p) : make<classifier<784, 128, 10, 640>>(p);
  return nullptr;
}

bench::enter const entry({"hand-written", make_reference});

}  // namespace
