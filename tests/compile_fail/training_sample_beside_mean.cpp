// SPDX-License-Identifier: BSL-1.0
// error: may only add terms to mean_over_batch\(...\) that do not depend on samples
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto image = input<"image", 2>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto logits = dense<"scores", 3>(image);
inline constexpr auto loss = cross_entropy(logits, label);

inline constexpr auto size = sum(hadamard(logits, logits));
#ifdef TWIN
inline constexpr auto step =
    training_step<float>([] { return mean_over_batch(loss + size); }, sgd{});
#else
inline constexpr auto step =
    (training_step<float>([] { return mean_over_batch(loss) + size; }, sgd{}), 0);
#endif
