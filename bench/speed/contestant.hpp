// SPDX-License-Identifier: BSL-1.0
//
// What the harness knows of the implementations it compares: each is given the same problem and
// trains when told to.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A model, its starting weights and the batch it is trained on. One class means a sigmoid and tanh
/// hidden units, more mean softmax and relu.
struct problem {
  std::string_view name;  // m1 ... m4
  int inputs, hidden, classes;
  int batch;  // samples in all
  int tiles;  // 1, or 10: ten times the samples, which an implementation may work off in ten parts

  std::vector<float> images;         // [batch][inputs]
  std::vector<int> labels;           // [batch], each below classes (below 2 for a single class)
  std::vector<float> hidden_weight;  // [inputs][hidden]
  std::vector<float> output_weight;  // [hidden][classes]; biases start at zero
};

/// An implementation at work on one problem, which outlives it.
class trainer {
 public:
  virtual ~trainer() = default;

  /// Takes `steps` steps of plain gradient descent over the whole batch; returns the loss before
  /// the last of them. Several steps to a call, so that the call itself does not count.
  virtual float train(int steps, float learning_rate) = 0;
};

/// `make` returns null for a problem that this implementation does not cover.
struct contestant {
  std::string name;
  std::unique_ptr<trainer> (*make)(problem const&);
};

/// All contestants that are linked in.
inline std::vector<contestant>& contestants() {
  static std::vector<contestant> all;
  return all;
}

/// A namespace-scope object of this type enters a contestant: what is not installed is not linked,
/// and so not there.
struct enter {
  explicit enter(contestant c) { contestants().push_back(std::move(c)); }
};

}  // namespace bench
