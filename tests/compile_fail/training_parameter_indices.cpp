// SPDX-License-Identifier: BSL-1.0
// error: a parameter is indexed with one number for each of its dimensions
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };
inline constexpr auto step = training_step<float>(loss, sgd{});

void train(decltype(step)::model_type& model) {
#ifdef TWIN
  model[w](1) = 0.5f;
#else
  model[w](1, 0) = 0.5f;
#endif
}
