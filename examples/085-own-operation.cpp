// SPDX-License-Identifier: BSL-1.0
// An operation of your own in ten lines, with a derivative rule if you like, and its laws checked.

#include <cmath>
#include <cstdio>
#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

using namespace ramp;

// [definition]
/// x * exp(-x * x / 2), with a derivative that follows from the definition.
struct hermite : own_operation<1> {
  static constexpr std::string_view name = "hermite";
  static constexpr auto define(auto const& r) {
    auto const& x = r.x[0];
    return x * r.template apply<op::exp>(-0.5 * (x * x));
  }
};
// [/definition]

// [rule]
/// x rounded, which learns as if it were x: a straight-through estimator.
/// Source: Y. Bengio, N. Leonard, A. Courville, "Estimating or propagating gradients through
/// stochastic neurons for conditional computation", 2013.
struct quantize : own_operation<1> {
  static constexpr std::string_view name = "quantize";
  static constexpr auto define(auto const& r) { return r.template apply<op::round>(r.x[0]); }
  static constexpr auto chain(auto const& r) { return r.g; }
};
// [/rule]

// [use]
constexpr auto x = variable<"x">;
constexpr auto f = apply<hermite>(x);
constexpr auto g = compile(f, derivative(f, wrt(x)), derivative(derivative(f, wrt(x)), wrt(x)));
// [/use]

// Weights that are integers when they are used, and numbers while they are learned.
constexpr auto in = input<"in">;
constexpr auto target = input<"target">;
constexpr auto weight = parameter<"weight">;
constexpr auto loss = mean_squared_error(apply<quantize>(weight) * in, target);
constexpr auto step =
    training_step<double>([] { return mean_over_batch(loss); }, sgd{.learning_rate = 0.05});

int main() {
  auto const [value, slope, curvature] = g(x = 1.0);
  std::printf("hermite(1) = %.6f, its derivatives %.6f and %.6f\n", value, slope, curvature);

  // [check]
  auto const report = check::check_operation<hermite>();
  std::printf("%s\n", check::text(report).c_str());
  // [/check]

  auto model = step.initial_state(constant_initializer{0.2}, 1);
  double const inputs[] = {1, 2, 3};
  double const targets[] = {3, 6, 9};
  for (int i = 0; i < 40; ++i)
    if (!step(model, in = inputs, target = targets)) return 1;
  std::printf("the weight of a model in integers: %.3f, used as %.0f\n", model[weight][0],
              std::round(model[weight][0]));

  bool const right = std::fabs(value - std::exp(-0.5)) < 1e-15 && slope == 0.0 &&
                     std::fabs(curvature + 2.0 * std::exp(-0.5)) < 1e-15;
  return right && report.passed() && std::round(model[weight][0]) == 3.0 ? 0 : 1;
}
