// SPDX-License-Identifier: BSL-1.0
// error: an update rule is called with a parameter and the gradient of the loss
// error: \bdescent\b
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

struct descent {
#ifdef TWIN
  constexpr auto operator()(auto w, auto g) const { return w <<= w - 0.1 * g; }
#else
  constexpr auto operator()(auto w) const { return w <<= 0.9 * w; }
#endif
};
#ifdef TWIN
inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, descent{});
#else
inline constexpr auto step =
    (training_step<float>([] { return mean_over_batch(loss); }, descent{}), 0);
#endif
