// SPDX-License-Identifier: BSL-1.0
// error: wrt\(...\) takes names: variable, input, parameter or hyperparameter
// error: "label"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto x = variable<"x">;
#ifdef TWIN
constexpr auto by = wrt(x);
#else
constexpr auto by = wrt(class_label<"label", 3>);
#endif
constexpr auto g = gradient(x * x, by);
