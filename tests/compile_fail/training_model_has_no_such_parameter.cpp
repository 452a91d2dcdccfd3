// SPDX-License-Identifier: BSL-1.0
// error: the model has no parameter of this name and shape
// error: "weights"
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

float first(decltype(step)::model_type& model) {
#ifdef TWIN
  return model[dense<"scores", 3>.weight(image)](0, 0);
#else
  return (model[parameter<"weights", 2, 3>], 0.0f);
#endif
}
