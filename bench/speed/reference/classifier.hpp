// SPDX-License-Identifier: BSL-1.0
//
// A training step written by hand, as an expert would who knows every size at compile time: the
// yardstick for what the library generates. What makes it fast:
//  - weights of the hidden layer are kept for good in panels of 16 columns, so a 6 x 16 tile of a
//    product stays in registers and each weight is loaded once for six samples;
//  - the output layer has the batch along the vector: softmax needs no sum across lanes, and ten
//    classes no padding;
//  - a gradient meets its update in registers and is never stored.
#pragma once

#include "tile.hpp"

namespace reference {

/// image [Inputs] -> relu(image * W + b) [Hidden] -> softmax(hidden * V + c) [Classes], mean cross-
/// entropy over a batch, plain gradient descent. Batch and Hidden are multiples of 16, at most 16
/// classes. No allocation.
template <int Inputs, int Hidden, int Classes, int Batch>
class classifier {
  static_assert(Hidden % panel == 0 && Batch % panel == 0 && Classes <= panel);

 public:
  /// Takes row-major weights [Inputs][Hidden] and [Hidden][Classes]; biases become zero.
  void initialize(float const* hidden_weight, float const* output_weight) {
    *this = classifier{};
    for (int i = 0; i < Inputs; ++i)
      for (int h = 0; h < Hidden; ++h)
        hidden_weight_[h / panel][i][h % panel] = hidden_weight[i * Hidden + h];
    for (int h = 0; h < Hidden; ++h)
      for (int c = 0; c < Classes; ++c) output_weight_[c][h] = output_weight[h * Classes + c];
  }

  /// One step on row-major `images` [Batch][Inputs] and `labels` [Batch] below Classes; returns the
  /// loss before the step.
  [[gnu::noinline]] float step(float const* images, int const* labels, float learning_rate) {
    for (int p = 0; p < panels; ++p) hidden_layer(p, images);
    output_layer();
    float const loss = loss_and_its_gradient(labels);
    for (int p = 0; p < panels; ++p) {
      hidden_gradient(p, learning_rate);
      update_output_weight(p, learning_rate);
      update_hidden_weight(p, images, learning_rate);
    }
    update_output_bias(learning_rate);
    return loss;
  }

 private:
  static constexpr int panels = Hidden / panel;
  static constexpr int sample_rows = 6;
  static constexpr int class_rows = 5;  // 10 classes are 5 + 5, not 6 + 4

  [[gnu::always_inline]] void hidden_layer(int p, float const* images) {
    float const* const weight = hidden_weight_[p][0];
    float8 const left_bias = load(hidden_bias_ + p * panel);
    float8 const right_bias = load(hidden_bias_ + p * panel + lanes);
    for_each_part<Batch, sample_rows>([&](int sample, auto rows) {
      tile<rows> sum;
      unroll<rows>([&](auto row) { sum.left[row] = left_bias, sum.right[row] = right_bias; });
      accumulate<Inputs, Inputs, 1, panel>(sum, images + sample * Inputs, weight);
      unroll<rows>([&](auto row) {
        store(hidden_[p][sample + row], max(sum.left[row], float8{}));
        store(hidden_[p][sample + row] + lanes, max(sum.right[row], float8{}));
      });
    });
  }

  /// Leaves the logits, batch along the vector, in `output_`.
  [[gnu::always_inline]] void output_layer() {
    for (int p = 0; p < panels; ++p)
      for (int sample = 0; sample < Batch; sample += lanes)
        for (int half = 0; half < panel; half += lanes)
          transpose<panel, Batch>(hidden_[p][sample] + half,
                                  hidden_transposed_[p * panel + half] + sample);

    for (int sample = 0; sample < Batch; sample += panel)
      for_each_part<Classes, class_rows>([&](int first, auto rows) {
        tile<rows> sum;
        unroll<rows>([&](auto row) {
          sum.left[row] = sum.right[row] = broadcast(output_bias_[first + row]);
        });
        accumulate<Hidden, Hidden, 1, Batch>(sum, output_weight_[first],
                                             hidden_transposed_[0] + sample);
        unroll<rows>([&](auto row) {
          store(output_[first + row] + sample, sum.left[row]);
          store(output_[first + row] + sample + lanes, sum.right[row]);
        });
      });
  }

  /// Replaces the logits by the gradient of the mean cross-entropy, (softmax - one-hot) / Batch,
  /// and returns that mean.
  [[gnu::always_inline]] float loss_and_its_gradient(int const* labels) {
    float8 loss = {};
    for (int sample = 0; sample < Batch; sample += lanes) {
      int8 const label = load<int8>(labels + sample);
      float8 largest = load(output_[0] + sample);
      for (int c = 1; c < Classes; ++c) largest = max(largest, load(output_[c] + sample));

      float8 weight[Classes];
      float8 total = {};
      float8 logit_of_label = {};
      unroll<Classes>([&](auto c) {
        float8 const logit = load(output_[c] + sample) - largest;
        logit_of_label += keep_where(label == int{c}, logit);
        weight[c] = exp(logit);
        total += weight[c];
      });
      loss += log(total) - logit_of_label;

      float8 const scale = 1.0f / Batch / total;
      unroll<Classes>([&](auto c) {
        float8 const one_hot = keep_where(label == int{c}, broadcast(1.0f / Batch));
        store(output_[c] + sample, weight[c] * scale - one_hot);
      });
    }
    return sum(loss) * (1.0f / Batch);
  }

  /// Back through output weights and relu into `gradient_`, one panel; the sum over the batch
  /// updates the bias.
  [[gnu::always_inline]] void hidden_gradient(int p, float learning_rate) {
    float8 left_bias = {}, right_bias = {};
    for_each_part<Batch, sample_rows>([&](int sample, auto rows) {
      tile<rows> sum;
      accumulate<Classes, 1, Batch, Hidden>(sum, output_[0] + sample,
                                            output_weight_[0] + p * panel);
      unroll<rows>([&](auto row) {
        float const* const active = hidden_[p][sample + row];
        float8 const left = keep_where(load(active) > 0.0f, sum.left[row]);
        float8 const right = keep_where(load(active + lanes) > 0.0f, sum.right[row]);
        left_bias += left;
        right_bias += right;
        store(gradient_[sample + row], left);
        store(gradient_[sample + row] + lanes, right);
      });
    });
    descend(hidden_bias_ + p * panel, left_bias, learning_rate);
    descend(hidden_bias_ + p * panel + lanes, right_bias, learning_rate);
  }

  [[gnu::always_inline]] void update_output_weight(int p, float learning_rate) {
    for_each_part<Classes, class_rows>([&](int first, auto rows) {
      tile<rows> sum;
      accumulate<Batch, Batch, 1, panel>(sum, output_[first], hidden_[p][0]);
      descend<Hidden>(output_weight_[first] + p * panel, sum, learning_rate);
    });
  }

  [[gnu::always_inline]] void update_hidden_weight(int p, float const* images,
                                                   float learning_rate) {
    for_each_part<Inputs, sample_rows>([&](int first, auto rows) {
      tile<rows> sum;
      accumulate<Batch, 1, Inputs, panel>(sum, images + first, gradient_[0]);
      descend<panel>(hidden_weight_[p][first], sum, learning_rate);
    });
  }

  [[gnu::always_inline]] void update_output_bias(float learning_rate) {
    for (int c = 0; c < Classes; ++c) {
      float8 total = load(output_[c]);
      for (int sample = lanes; sample < Batch; sample += lanes) total += load(output_[c] + sample);
      output_bias_[c] -= learning_rate * sum(total);
    }
  }

  [[gnu::always_inline]] static void descend(float* weight, float8 gradient, float learning_rate) {
    store(weight, load(weight) - broadcast(learning_rate) * gradient);
  }

  template <int RowStride, int Rows>
  [[gnu::always_inline]] static void descend(float* weight, tile<Rows> const& gradient,
                                             float learning_rate) {
    unroll<Rows>([&](auto row) {
      descend(weight + row * RowStride, gradient.left[row], learning_rate);
      descend(weight + row * RowStride + lanes, gradient.right[row], learning_rate);
    });
  }

  alignas(64) float hidden_weight_[panels][Inputs][panel];
  alignas(64) float hidden_bias_[Hidden];
  alignas(64) float output_weight_[Classes][Hidden];
  alignas(64) float output_bias_[Classes];

  alignas(64) float hidden_[panels][Batch][panel];
  alignas(64) float hidden_transposed_[Hidden][Batch];
  alignas(64) float output_[Classes][Batch];
  alignas(64) float gradient_[Batch][panel];
};

}  // namespace reference
