// SPDX-License-Identifier: BSL-1.0
// error: a training step has one tile size
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto w = parameter<"w", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(w * x)); };

#ifdef TWIN
inline constexpr auto step = training_step<float>(loss, sgd{}, tile<8>);
#else
inline constexpr auto step = (training_step<float>(loss, sgd{}, tile<8>, tile<16>), 0);
#endif
