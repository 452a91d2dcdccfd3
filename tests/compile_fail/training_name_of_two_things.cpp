// SPDX-License-Identifier: BSL-1.0
// error: one name stands for two different things
// error: named<.*"x"
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto loss = sum(dense<"scores", 3>(x));

#ifdef TWIN
inline constexpr auto rate = hyperparameter<"rate">;
#else
inline constexpr auto rate = hyperparameter<"x">;
#endif

struct rule {
  constexpr auto operator()(auto w, auto g) const { return w <<= w - rate * g; }
};
inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, rule{});
