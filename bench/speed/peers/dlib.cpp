// SPDX-License-Identifier: BSL-1.0
//
// dlib's networks, driven without its trainer thread: gradients of a batch, then the solver.
#include "../contestant.hpp"

#include <dlib/dnn.h>

#include <algorithm>
#include <type_traits>

namespace {

using bench::problem;
using bench::trainer;
using input = dlib::input<dlib::matrix<float>>;

template <class Network>
class dlib_trainer final : public trainer {
  using label = typename Network::training_label_type;

 public:
  explicit dlib_trainer(problem const& p)
      : solvers_(Network::num_computational_layers, dlib::sgd(0.0f, 0.0f)) {
    std::vector<dlib::matrix<float>> images;
    for (int sample = 0; sample < p.batch; ++sample) {
      dlib::matrix<float> image(p.inputs, 1);
      std::copy_n(p.images.data() + std::ptrdiff_t{sample} * p.inputs, p.inputs, image.begin());
      images.push_back(std::move(image));
    }
    network_.to_tensor(images.begin(), images.end(), images_);
    for (int const l : p.labels)
      labels_.push_back(p.classes == 1 ? static_cast<label>(l == 1 ? 1 : -1)
                                       : static_cast<label>(l));
    network_.forward(images_);  // a layer has parameters from its first use on
    set(dlib::layer<3>(network_), p.hidden_weight);
    set(dlib::layer<1>(network_), p.output_weight);
  }

  float train(int steps, float learning_rate) override {
    double loss = 0.0;
    for (int i = 0; i < steps; ++i) {
      loss = network_.compute_parameter_gradients(images_, labels_.begin());
      network_.update_parameters(dlib::make_sstack(solvers_), static_cast<double>(learning_rate));
    }
    return static_cast<float>(loss);
  }

 private:
  /// A fully connected layer keeps its weights row by row, then its biases.
  template <class Layer>
  static void set(Layer& layer, std::vector<float> const& weights) {
    auto& parameters = layer.layer_details().get_layer_params();
    std::fill_n(parameters.host_write_only(), parameters.size(), 0.0f);
    std::copy(weights.begin(), weights.end(), parameters.host());
  }

  Network network_;
  dlib::resizable_tensor images_;
  std::vector<label> labels_;
  std::vector<dlib::sgd> solvers_;
};

template <long Hidden, long Classes>
using classifier =
    dlib_trainer<dlib::loss_multiclass_log<dlib::fc<Classes, dlib::relu<dlib::fc<Hidden, input>>>>>;
using binary_classifier =
    dlib_trainer<dlib::loss_binary_log<dlib::fc<1, dlib::htan<dlib::fc<8, input>>>>>;

std::unique_ptr<trainer> make(problem const& p) {
  if (p.name == "m1") return std::make_unique<binary_classifier>(p);
  if (p.name == "m2") return std::make_unique<classifier<16, 3>>(p);
  if (p.name == "m3") return std::make_unique<classifier<32, 10>>(p);
  if (p.name == "m4") return std::make_unique<classifier<128, 10>>(p);
  return nullptr;
}

bench::enter const entry({"dlib", make});

}  // namespace
