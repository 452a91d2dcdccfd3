// SPDX-License-Identifier: BSL-1.0
// error: results of a prediction are written to a flat array, span or vector
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };
inline constexpr auto step = training_step<float>(loss, sgd{});
inline constexpr std::array<float, 4> xs{};
inline constexpr auto predict = compile<float>([] { return sum(w * x); });

void train(decltype(step)::model_type& model) {
#ifdef TWIN
  std::array<float, 2> results{};
  (void)predict(model, x = xs, output = results);
#else
  std::array<int, 2> results{};
  (void)predict(model, x = xs, output = results);
#endif
}
