// SPDX-License-Identifier: BSL-1.0
// error: bind each result once, the first as output = span
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

inline constexpr auto predict = compile<float>([] { return softmax(logits); });

void use(decltype(step)::model_type const& model, [[maybe_unused]] std::array<float, 6>& result) {
#ifdef TWIN
  (void)predict(model, image = pixels, output = result);
#else
  (void)predict(model, image = pixels);
#endif
}
