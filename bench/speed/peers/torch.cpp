// SPDX-License-Identifier: BSL-1.0
//
// libtorch's modules, autograd and SGD, on one thread.
#include "../contestant.hpp"

#include <torch/torch.h>

namespace {

using bench::problem;
using bench::trainer;

class torch_trainer final : public trainer {
 public:
  explicit torch_trainer(problem const& p)
      : binary_{p.classes == 1},
        hidden_(p.inputs, p.hidden),
        output_(p.hidden, p.classes),
        images_(tensor(p.images, p.batch, p.inputs)),
        optimizer_(parameters(), torch::optim::SGDOptions(0.0)) {
    torch::set_num_threads(1);
    set(hidden_, tensor(p.hidden_weight, p.inputs, p.hidden));
    set(output_, tensor(p.output_weight, p.hidden, p.classes));
    auto const labels = torch::tensor(at::ArrayRef<int>(p.labels));
    labels_ = binary_ ? labels.to(torch::kFloat).view({p.batch, 1}) : labels.to(torch::kLong);
  }

  float train(int steps, float learning_rate) override {
    for (auto& group : optimizer_.param_groups())
      static_cast<torch::optim::SGDOptions&>(group.options()).lr(double{learning_rate});
    float loss = 0.0f;
    for (int i = 0; i < steps; ++i) loss = step();
    return loss;
  }

 private:
  float step() {
    namespace f = torch::nn::functional;
    optimizer_.zero_grad();
    auto const sums = hidden_(images_);
    auto const logits = output_(binary_ ? torch::tanh(sums) : torch::relu(sums));
    auto const loss = binary_ ? f::binary_cross_entropy_with_logits(logits, labels_)
                              : f::cross_entropy(logits, labels_);
    loss.backward();
    optimizer_.step();
    return loss.item<float>();
  }

  static torch::Tensor tensor(std::vector<float> const& values, int rows, int columns) {
    return torch::tensor(at::ArrayRef<float>(values)).view({rows, columns});
  }

  /// A linear layer keeps its weight transposed.
  static void set(torch::nn::Linear& layer, torch::Tensor const& weight) {
    torch::NoGradGuard const no_gradient;
    layer->weight.copy_(weight.t());
    layer->bias.zero_();
  }

  std::vector<torch::Tensor> parameters() const {
    return {hidden_->weight, hidden_->bias, output_->weight, output_->bias};
  }

  bool binary_;
  torch::nn::Linear hidden_, output_;
  torch::Tensor images_, labels_;
  torch::optim::SGD optimizer_;
};

std::unique_ptr<trainer> make(problem const& p) { return std::make_unique<torch_trainer>(p); }

bench::enter const entry({"libtorch", make});

}  // namespace
