// SPDX-License-Identifier: BSL-1.0
//
// The smallest training step, written by hand: all parameters and activations live in registers.
#pragma once

#include "simd.hpp"

namespace reference {

/// point [2] -> tanh [8] -> sigmoid [1], mean binary cross-entropy over a batch of 4, plain
/// gradient descent. The eight hidden units are the lanes of one register per sample; what follows
/// them has the batch along the vector.
class binary_classifier {
 public:
  static constexpr int inputs = 2;
  static constexpr int hidden = 8;
  static constexpr int batch = 4;

  /// Takes row-major weights [2][8] and [8]; biases become zero.
  void initialize(float const* hidden_weight, float const* output_weight) {
    first_ = load(hidden_weight);
    second_ = load(hidden_weight + hidden);
    hidden_bias_ = float8{};
    output_ = load(output_weight);
    output_bias_ = 0.0f;
  }

  /// One step on row-major `points` [4][2] and `labels` [4], each 0 or 1; returns the loss before
  /// the step.
  [[gnu::noinline]] float step(float const* points, float const* labels, float learning_rate) {
    float8 unit[batch];
    for (int b = 0; b < batch; ++b)
      unit[b] = tanh(points[2 * b] * first_ + (points[2 * b + 1] * second_ + hidden_bias_));

    float4 const label = load<float4>(labels);
    float4 const logit =
        sums(unit[0] * output_, unit[1] * output_, unit[2] * output_, unit[3] * output_) +
        output_bias_;
    float4 const e = exp(-logit);
    float4 const loss = log(e + 1.0f) + logit * (1.0f - label);
    float4 const gradient = (1.0f / (e + 1.0f) - label) * (1.0f / batch);

    float8 output = {}, first = {}, second = {}, bias = {};
    for (int b = 0; b < batch; ++b) {
      output += gradient[b] * unit[b];
      float8 const inner = (gradient[b] * output_) * (1.0f - unit[b] * unit[b]);
      first += points[2 * b] * inner;
      second += points[2 * b + 1] * inner;
      bias += inner;
    }
    first_ -= learning_rate * first;
    second_ -= learning_rate * second;
    hidden_bias_ -= learning_rate * bias;
    output_ -= learning_rate * output;
    output_bias_ -= learning_rate * sum(gradient);
    return sum(loss) * (1.0f / batch);
  }

 private:
  /// The sums of four registers in the lanes of one: adds pairs of lanes while transposing, in 3 +
  /// 1 steps.
  [[gnu::always_inline]] static float4 sums(float8 a, float8 b, float8 c, float8 d) {
    float8 const ab = add_pairs(a, b);
    float8 const cd = add_pairs(c, d);
    float8 const all = add_pairs(ab, cd);
    return __builtin_shufflevector(all, all, 0, 1, 2, 3) +
           __builtin_shufflevector(all, all, 4, 5, 6, 7);
  }

  /// In each half: a0 + a1, a2 + a3, b0 + b1, b2 + b3.
  [[gnu::always_inline]] static float8 add_pairs(float8 a, float8 b) {
    return __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14) +
           __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
  }

  float8 first_;   // weights of the first input
  float8 second_;  // and of the second
  float8 hidden_bias_;
  float8 output_;
  float output_bias_;
};

}  // namespace reference
