// SPDX-License-Identifier: BSL-1.0
// error: a tile has at least one sample
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };
#ifdef TWIN
inline constexpr int size = 8;
#else
inline constexpr int size = 0;
#endif
inline constexpr auto step = training_step<float>(loss, sgd{}, tile<size>);
