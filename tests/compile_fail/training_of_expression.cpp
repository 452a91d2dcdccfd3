// SPDX-License-Identifier: BSL-1.0
// error: training_step\(loss, rule\) takes the loss as a lambda without captures
// error: training_step\(\[\] { return mean_over_batch\(loss\); }, sgd{0.1}\)
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

#ifdef TWIN
inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{});
#else
inline constexpr auto step = (training_step<float>(mean_over_batch(loss), sgd{}), 0);
#endif
