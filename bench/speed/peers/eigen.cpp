// SPDX-License-Identifier: BSL-1.0
//
// Good plain C++ on top of a matrix library: Eigen's products (OpenBLAS's where it is installed)
// and array expressions, every matrix allocated beforehand.
#include "../contestant.hpp"

#include <Eigen/Dense>

#include <cmath>

namespace {

using bench::problem;
using bench::trainer;
using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using row = Eigen::RowVectorXf;

struct layer {
  layer(std::vector<float> const& initial, int inputs, int outputs, int batch)
      : weight(Eigen::Map<matrix const>(initial.data(), inputs, outputs)),
        weight_gradient(inputs, outputs),
        value(batch, outputs),
        gradient(batch, outputs),
        bias(row::Zero(outputs)) {}

  void forward(matrix const& in) {
    value.noalias() = in * weight;
    value.rowwise() += bias;
  }

  void descend(matrix const& in, float learning_rate) {
    weight_gradient.noalias() = in.transpose() * gradient;
    weight -= learning_rate * weight_gradient;
    bias -= learning_rate * gradient.colwise().sum();
  }

  matrix weight, weight_gradient, value, gradient;
  row bias;
};

class eigen_trainer final : public trainer {
 public:
  explicit eigen_trainer(problem const& p)
      : labels_{p.labels},
        binary_{p.classes == 1},
        images_(Eigen::Map<matrix const>(p.images.data(), p.batch, p.inputs)),
        hidden_(p.hidden_weight, p.inputs, p.hidden, p.batch),
        output_(p.output_weight, p.hidden, p.classes, p.batch),
        scale_(p.batch) {}

  float train(int steps, float learning_rate) override {
    float loss = 0.0f;
    for (int i = 0; i < steps; ++i) loss = step(learning_rate);
    return loss;
  }

 private:
  float step(float learning_rate) {
    hidden_.forward(images_);
    auto units = hidden_.value.array();
    if (binary_)
      units = units.tanh();
    else
      units = units.max(0.0f);
    output_.forward(hidden_.value);
    float const loss = binary_ ? binary_cross_entropy() : cross_entropy();

    hidden_.gradient.noalias() = output_.gradient * output_.weight.transpose();
    if (binary_)
      hidden_.gradient.array() *= 1.0f - units.square();
    else
      hidden_.gradient.array() = (units > 0.0f).select(hidden_.gradient.array(), 0.0f);
    output_.descend(hidden_.value, learning_rate);
    hidden_.descend(images_, learning_rate);
    return loss;
  }

  float binary_cross_entropy() {
    float const per_sample = 1.0f / static_cast<float>(labels_.size());
    float loss = 0.0f;
    for (Eigen::Index i = 0; i < output_.value.rows(); ++i) {
      float const logit = output_.value(i, 0);
      float const label = static_cast<float>(labels_[static_cast<std::size_t>(i)]);
      float const e = std::exp(-logit);
      loss += std::log1p(e) + logit * (1.0f - label);
      output_.gradient(i, 0) = (1.0f / (1.0f + e) - label) * per_sample;
    }
    return loss * per_sample;
  }

  float cross_entropy() {
    float const per_sample = 1.0f / static_cast<float>(labels_.size());
    scale_ = output_.value.rowwise().maxCoeff();
    output_.value.colwise() -= scale_;
    output_.gradient.array() = output_.value.array().exp();
    scale_ = output_.gradient.rowwise().sum();
    float loss = scale_.array().log().sum();
    output_.gradient.array().colwise() *= per_sample / scale_.array();
    for (Eigen::Index i = 0; i < output_.value.rows(); ++i) {
      int const label = labels_[static_cast<std::size_t>(i)];
      loss -= output_.value(i, label);
      output_.gradient(i, label) -= per_sample;
    }
    return loss * per_sample;
  }

  std::vector<int> const& labels_;
  bool binary_;
  matrix images_;
  layer hidden_, output_;
  Eigen::VectorXf scale_;
};

std::unique_ptr<trainer> make(problem const& p) { return std::make_unique<eigen_trainer>(p); }

#ifdef EIGEN_USE_BLAS
bench::enter const entry({"Eigen+OpenBLAS", make});
#else
bench::enter const entry({"Eigen", make});
#endif

}  // namespace
