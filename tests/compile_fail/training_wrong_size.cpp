// SPDX-License-Identifier: BSL-1.0
// error: a name is bound to a value of another size
// error: \b3\b.*\b2\b
// error: "offset"
#include <ramp/ramp.hpp>

#include <array>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto offset = variable<"offset", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x + offset * x)); };
inline constexpr auto step = training_step<float>(loss, sgd{});
inline constexpr std::array<float, 4> xs{};

void train(decltype(step)::model_type& model) {
#ifdef TWIN
  (void)step(model, x = xs, offset = std::array<float, 2>{});
#else
  (void)step(model, x = xs, offset = std::array<float, 3>{});
#endif
}
