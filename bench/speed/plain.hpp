// SPDX-License-Identifier: BSL-1.0
//
// The training step as the textbook has it, in double precision and without any cleverness: what
// every contestant's loss is checked against before its time counts.
#pragma once

#include "contestant.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace bench {

class plain_trainer {
 public:
  explicit plain_trainer(problem const& p)
      : problem_{p},
        inputs_(static_cast<std::size_t>(p.inputs)),
        hidden_(static_cast<std::size_t>(p.hidden)),
        classes_(static_cast<std::size_t>(p.classes)),
        batch_(static_cast<std::size_t>(p.batch)),
        hidden_weight_(p.hidden_weight.begin(), p.hidden_weight.end()),
        hidden_bias_(hidden_),
        output_weight_(p.output_weight.begin(), p.output_weight.end()),
        output_bias_(classes_) {}

  /// One step over the whole batch; returns the loss before it.
  double step(double learning_rate) {
    std::vector<double> hidden_weight_gradient(hidden_weight_.size());
    std::vector<double> hidden_bias_gradient(hidden_);
    std::vector<double> output_weight_gradient(output_weight_.size());
    std::vector<double> output_bias_gradient(classes_);
    double loss = 0.0;

    for (std::size_t sample = 0; sample < batch_; ++sample) {
      float const* const x = problem_.images.data() + sample * inputs_;
      std::vector<double> unit = hidden_bias_;
      for (std::size_t i = 0; i < inputs_; ++i)
        for (std::size_t h = 0; h < hidden_; ++h)
          unit[h] += static_cast<double>(x[i]) * hidden_weight_[i * hidden_ + h];
      for (double& u : unit) u = binary() ? std::tanh(u) : std::max(u, 0.0);

      std::vector<double> output = output_bias_;
      for (std::size_t h = 0; h < hidden_; ++h)
        for (std::size_t c = 0; c < classes_; ++c)
          output[c] += unit[h] * output_weight_[h * classes_ + c];
      loss += loss_and_its_gradient(output, problem_.labels[sample]);

      for (std::size_t c = 0; c < classes_; ++c) output_bias_gradient[c] += output[c];
      std::vector<double> unit_gradient(hidden_);
      for (std::size_t h = 0; h < hidden_; ++h) {
        for (std::size_t c = 0; c < classes_; ++c) {
          output_weight_gradient[h * classes_ + c] += unit[h] * output[c];
          unit_gradient[h] += output[c] * output_weight_[h * classes_ + c];
        }
        unit_gradient[h] *= binary() ? 1.0 - unit[h] * unit[h] : double(unit[h] > 0.0);
        hidden_bias_gradient[h] += unit_gradient[h];
      }
      for (std::size_t i = 0; i < inputs_; ++i)
        for (std::size_t h = 0; h < hidden_; ++h)
          hidden_weight_gradient[i * hidden_ + h] += static_cast<double>(x[i]) * unit_gradient[h];
    }

    double const rate = learning_rate / static_cast<double>(batch_);
    descend(hidden_weight_, hidden_weight_gradient, rate);
    descend(hidden_bias_, hidden_bias_gradient, rate);
    descend(output_weight_, output_weight_gradient, rate);
    descend(output_bias_, output_bias_gradient, rate);
    return loss / static_cast<double>(batch_);
  }

 private:
  bool binary() const { return classes_ == 1; }

  /// Replaces the logits of a sample by the gradient of its loss, which it returns.
  double loss_and_its_gradient(std::vector<double>& logits, int label) const {
    if (binary()) {
      double const logit = logits[0];
      logits[0] = 1.0 / (1.0 + std::exp(-logit)) - label;
      return std::log1p(std::exp(logit)) - label * logit;
    }
    double total = 0.0;
    double const of_label = logits[static_cast<std::size_t>(label)];
    for (double const z : logits) total += std::exp(z);
    for (double& z : logits) z = std::exp(z) / total;
    logits[static_cast<std::size_t>(label)] -= 1.0;
    return std::log(total) - of_label;
  }

  static void descend(std::vector<double>& weights, std::vector<double> const& gradient,
                      double rate) {
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] -= rate * gradient[i];
  }

  problem const& problem_;
  std::size_t inputs_, hidden_, classes_, batch_;
  std::vector<double> hidden_weight_, hidden_bias_, output_weight_, output_bias_;
};

}  // namespace bench
