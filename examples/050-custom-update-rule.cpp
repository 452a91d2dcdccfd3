// SPDX-License-Identifier: BSL-1.0
// An update rule of your own: Adam, fused into the training step.

#include <cmath>
#include <cstdio>
#include <ramp/ramp.hpp>
#include <vector>

using namespace ramp;

// [adam]
/// Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
struct adam {
  double learning_rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

  constexpr auto operator()(auto w, auto g) const {
    auto m = state_like<"first">(w);
    auto v = state_like<"second">(w);
    auto t = (state<"steps"> <<= state<"steps"> + 1);  // one number for the whole model
    auto next_m = (m <<= beta1 * m + (1 - beta1) * g);
    auto next_v = (v <<= beta2 * v + (1 - beta2) * hadamard(g, g));
    auto mean = next_m / (1 - pow(beta1, t));
    auto square = next_v / (1 - pow(beta2, t));
    return updates(t, next_m, next_v, w <<= w - learning_rate * mean / (sqrt(square) + epsilon));
  }
};
// [/adam]

constexpr auto features = input<"features", 3>;
constexpr auto target = input<"target">;
constexpr auto w = parameter<"w", 3>;
constexpr auto loss = mean_squared_error(dot(features, w), target);

constexpr auto step = training_step<double>([] { return mean_over_batch(loss); },
                                            adam{.learning_rate = 0.05});

namespace {

/// The same rule written out for this loss, to compare with.
struct plain_adam {
  double w[3]{}, m[3]{}, v[3]{};
  int t = 0;

  void step(std::vector<double> const& x, std::vector<double> const& y) {
    double g[3]{};
    for (std::size_t s = 0; s < y.size(); ++s) {
      double error = -y[s];
      for (std::size_t i = 0; i < 3; ++i) error += x[3 * s + i] * w[i];
      for (std::size_t i = 0; i < 3; ++i)
        g[i] += 2 * error * x[3 * s + i] / static_cast<double>(y.size());
    }
    ++t;
    for (std::size_t i = 0; i < 3; ++i) {
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
      w[i] -= 0.05 * (m[i] / (1 - std::pow(0.9, t))) /
              (std::sqrt(v[i] / (1 - std::pow(0.999, t))) + 1e-8);
    }
  }
};

}  // namespace

int main() {
  xoshiro256 random(1);
  std::vector<double> x(3 * 40), y;
  for (double& element : x) element = normal<double>(random);
  for (std::size_t s = 0; s < 40; ++s)
    y.push_back(2 * x[3 * s] - x[3 * s + 1] + 0.5 * x[3 * s + 2]);

  auto model = step.initial_state(constant_initializer{0.0}, 1);
  plain_adam plain;
  double worst = 0.0;
  for (int i = 0; i <= 400; ++i) {
    auto const before = step(model, features = x, target = y);
    if (!before) return 1;
    plain.step(x, y);
    for (int j = 0; j < 3; ++j) worst = std::fmax(worst, std::fabs(model[w][j] - plain.w[j]));
    if (i % 100 == 0) std::printf("step %3d   loss %.3e\n", i, before.value());
  }
  std::printf("w = (%.4f, %.4f, %.4f); it was made from (2, -1, 0.5)\n", model[w][0], model[w][1],
              model[w][2]);
  std::printf("largest difference from the rule written out by hand: %.1e\n", worst);
  return worst < 1e-12 && std::fabs(model[w][0] - 2) < 1e-3 ? 0 : 1;
}
