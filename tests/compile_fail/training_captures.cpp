// SPDX-License-Identifier: BSL-1.0
// error: the lambda must not capture anything
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto logits = dense<"output", 3>(input<"image", 2>);
void train([[maybe_unused]] double decay) {
#ifdef TWIN
  auto loss = [] { return mean_over_batch(sum(logits)) + 0.1; };
#else
  auto loss = [decay] { return mean_over_batch(sum(logits)) + decay; };
#endif
  [[maybe_unused]] auto const step = training_step(loss, sgd{0.1});
}
