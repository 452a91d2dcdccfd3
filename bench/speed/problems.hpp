// SPDX-License-Identifier: BSL-1.0
//
// The cases, with data and weights that are the same in every run and for every contestant.
#pragma once

#include "contestant.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bench {

/// Numbers in [0, 1) from a multiplicative congruential generator modulo 2^31 - 1 (Park and
/// Miller).
class numbers {
 public:
  explicit numbers(std::uint32_t seed) : state_{seed} {}

  float next() {
    state_ = static_cast<std::uint32_t>(std::uint64_t{state_} * 48271 % 2147483647);
    return static_cast<float>(state_ >> 7) / 16777216.0f;
  }

 private:
  std::uint32_t state_;
};

/// Weights uniform within +-1/sqrt(inputs), images within [0, 1), labels at random.
inline problem make_problem(std::string_view name, int inputs, int hidden, int classes, int batch,
                            int tiles) {
  problem p{name, inputs, hidden, classes, batch * tiles, tiles, {}, {}, {}, {}};
  auto const size = [](int a, int b) {
    return static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
  };

  p.images.resize(size(p.batch, inputs));
  numbers image(1);
  for (float& x : p.images) x = image.next();

  p.labels.resize(size(p.batch, 1));
  int const kinds = classes == 1 ? 2 : classes;
  numbers label(2);
  for (int& l : p.labels) l = static_cast<int>(label.next() * static_cast<float>(kinds));

  auto const fill = [](std::vector<float>& weights, std::size_t count, int fan_in, numbers random) {
    weights.resize(count);
    float const bound = 1.0f / std::sqrt(static_cast<float>(fan_in));
    for (float& w : weights) w = (2.0f * random.next() - 1.0f) * bound;
  };
  fill(p.hidden_weight, size(inputs, hidden), inputs, numbers(3));
  fill(p.output_weight, size(hidden, classes), hidden, numbers(4));
  return p;
}

inline std::vector<problem> make_problems(int tiles) {
  return {make_problem("m1", 2, 8, 1, 4, tiles), make_problem("m2", 4, 16, 3, 32, tiles),
          make_problem("m3", 64, 32, 10, 32, tiles), make_problem("m4", 784, 128, 10, 64, tiles)};
}

}  // namespace bench
