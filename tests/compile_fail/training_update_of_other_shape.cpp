// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: has the shape of w or is a scalar
// error: \b2\b.*\b1\b
// error: "output.weight"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto logits = dense<"output", 3>(input<"image", 2>);
constexpr auto descent = [](auto w, auto g) {
#ifdef TWIN
  return w <<= w - 0.1 * g;
#else
  return w <<= sum(g, axis<0>);
#endif
};
constexpr auto step = training_step([] { return mean_over_batch(sum(logits)); }, descent);
