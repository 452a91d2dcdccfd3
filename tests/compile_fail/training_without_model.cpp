// SPDX-License-Identifier: BSL-1.0
// error: a training step changes a model that this step made
// error: step.initial_state\(he_normal{}, seed\); step\(model, ...\)
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{});
inline constexpr std::array<float, 4> pixels{};
inline constexpr std::array<int, 2> kinds{};

void train() {
#ifdef TWIN
  auto model = step.initial_state(he_normal{}, 1);
  (void)step(model, image = pixels, label = kinds);
#else
  (void)step(image = pixels, label = kinds);
#endif
}
