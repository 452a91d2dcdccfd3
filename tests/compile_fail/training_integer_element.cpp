// SPDX-License-Identifier: BSL-1.0
// error: programs compute in float or double: compile<float>
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto w = parameter<"w">;
inline constexpr auto x = input<"x">;

#ifdef TWIN
using number = double;
#else
using number = int;
#endif
inline constexpr auto step =
    ((void)training_step<number>([] { return mean_over_batch(square(w * x - 1)); }, sgd{}), 0);
