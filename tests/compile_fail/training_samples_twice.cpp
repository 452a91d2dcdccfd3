// SPDX-License-Identifier: BSL-1.0
// error: a call selects its samples once
#include <ramp/ramp.hpp>

#include <array>
#include <cstdint>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };
inline constexpr auto step = training_step<float>(loss, sgd{});
inline constexpr std::array<float, 4> xs{};
inline constexpr std::array<std::uint32_t, 1> some{};

void train(decltype(step)::model_type& model) {
#ifdef TWIN
  (void)step(model, x = xs, samples(some));
#else
  (void)step(model, x = xs, samples(some), samples(some));
#endif
}
