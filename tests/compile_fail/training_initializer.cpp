// SPDX-License-Identifier: BSL-1.0
// error: takes what draws the elements of parameters, and then a seed
// error: step.initial_state\(he_normal{}, 1\)
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{});

#ifdef TWIN
inline constexpr auto model = step.initial_state(constant_initializer{0.1}, 1);
#else
inline constexpr auto model = step.initial_state(0.1, 1);
#endif
