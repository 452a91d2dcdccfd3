// SPDX-License-Identifier: BSL-1.0
// Built with -fno-exceptions -fno-rtti, and part of the tests of functions.
#include <ramp/ramp.hpp>

#include <array>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this source is to be built with -fno-exceptions -fno-rtti"
#endif

namespace {

constexpr auto x = ramp::input<"x", 2>;
constexpr auto y = ramp::input<"y">;
constexpr auto out = dot(ramp::tanh(ramp::dense<"hidden", 3>(x)), ramp::parameter<"w", 3>);
constexpr auto step = ramp::training_step<float>(
    [] { return ramp::mean_over_batch(ramp::mean_squared_error(out, y)); },
    ramp::momentum{0.1, 0.5});
constexpr auto predict = ramp::compile<float>([] { return out; });

}  // namespace

/// Trains on four samples and returns how far the predictions are off; negative: an error.
float distance_after_training_without_exceptions(int steps) {
  constexpr std::array<float, 8> inputs = {0, 0, 0, 1, 1, 0, 1, 1};
  constexpr std::array<float, 4> outputs = {0.1f, 0.6f, 0.4f, 0.8f};
  auto model = step.initial_state(ramp::xavier_uniform{}, 3);
  model[ramp::parameter<"w", 3>](0) = 0.5f;
  for (int i = 0; i < steps; ++i)
    if (!step(model, x = inputs, y = outputs)) return -1.0f;
  std::array<float, 4> predicted{};
  if (!predict(model, x = inputs, ramp::output = predicted)) return -1.0f;
  float worst = 0.0f;
  for (std::size_t i = 0; i < 4; ++i) {
    float const more = predicted[i] - outputs[i];
    float const d = more > 0 ? more : -more;
    worst = worst > d ? worst : d;
  }
  return worst;
}
