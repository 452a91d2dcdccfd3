// SPDX-License-Identifier: BSL-1.0
// error: samples are bound as one flat array, span or vector of numbers, sample after sample
// error: "x"
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };
inline constexpr auto step = training_step<float>(loss, sgd{});
inline constexpr std::array<float, 4> xs{};
inline constexpr float nested[2][2]{};

void train(decltype(step)::model_type& model) {
#ifdef TWIN
  (void)step(model, x = xs);
#else
  (void)step(model, x = nested);
#endif
}
