// SPDX-License-Identifier: BSL-1.0
// error: an update rule returns w <<= new_value
// error: \bdescent\b
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

struct descent {
  constexpr auto operator()(auto w, auto g) const {
#ifdef TWIN
    return w <<= w - 0.1 * g;
#else
    return w - 0.1 * g;
#endif
  }
};
#ifdef TWIN
inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, descent{});
#else
inline constexpr auto step =
    (training_step<float>([] { return mean_over_batch(loss); }, descent{}), 0);
#endif
