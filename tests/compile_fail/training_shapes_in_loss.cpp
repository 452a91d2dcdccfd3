// SPDX-License-Identifier: BSL-1.0
// error: there is no such axis
// error: \b1\b.*\b1\b
// error: "image"
// error: "output.weight"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto logits = dense<"output", 3>(input<"image", 2>);
#ifdef TWIN
constexpr auto along = axis<0>;
#else
constexpr auto along = axis<1>;
#endif
constexpr auto step =
    training_step<float>([] { return mean_over_batch(sum(logits, along)); }, sgd{0.1});
