// SPDX-License-Identifier: BSL-1.0
// error: directional\(v\), lexicographic and interval are policies of gradient
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::input<"x">;
inline constexpr auto w = ramp::parameter<"w">;
inline constexpr auto loss = [] { return mean_over_batch(relu(w * x)); };
#ifdef TWIN
inline constexpr auto step = ramp::training_step<float>(loss, ramp::sgd{0.5}, ramp::symmetric);
#else
inline constexpr auto step = ramp::training_step<float>(loss, ramp::sgd{0.5}, ramp::lexicographic);
#endif
