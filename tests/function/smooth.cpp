// SPDX-License-Identifier: BSL-1.0
// `smooth` in compiled functions and training steps: the loss that a step reports and the gradient
// that it follows are those of the smoothed function, at run time and in constant expressions.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>

using namespace ramp;

namespace {

constexpr auto x = input<"x", 2>;
constexpr auto w = parameter<"w", 2, 3>;
constexpr auto u = x * w;
constexpr auto loss = sum(relu(u)) + 0.5 * sum(abs(u)) + max(u) - 0.25 * min(u) +
                      sum(leaky_relu<0.1>(u)) + relu(sum(u), at_zero<1.0>);

template <class T>
constexpr std::array<T, 8> xs{T(0.5), T(1), T(-1), T(0.25), T(0), T(0.5), T(1), T(-0.5)};
template <class T>
constexpr std::array<T, 6> ws{T(0.5), T(0), T(-0.25), T(0.25), T(0.125), T(0)};

template <class T>
struct step_result {
  T loss{};
  std::array<T, 6> gradient{};
};

template <class T>
constexpr step_result<T> from_step() {
  constexpr auto step = training_step<T>([] { return mean_over_batch(loss); }, sgd{1.0}, tile<4>,
                                         smooth<0.5>);
  auto model = step.initial_state(constant_initializer{}, 1);
  for (int i = 0; i < 6; ++i) model[w][i] = ws<T>[static_cast<std::size_t>(i)];
  typename decltype(step)::workspace memory;
  auto const loss_before = step(model, memory, x = xs<T>);
  step_result<T> result{loss_before ? loss_before.value() : T(-1), ws<T>};
  for (int i = 0; i < 6; ++i) result.gradient[static_cast<std::size_t>(i)] -= model[w][i];
  return result;
}

template <class T>
constexpr auto value_and_gradient =
    compile<T>([] { return outputs(loss, gradient(loss, wrt(w))); }, smooth<0.5>);

template <class T>
constexpr step_result<T> from_function() {
  step_result<T> mean;
  for (std::size_t s = 0; s < 4; ++s) {
    std::array<T, 2> const one{xs<T>[2 * s], xs<T>[2 * s + 1]};
    auto const [value, slopes] = value_and_gradient<T>(x = one, w = ws<T>);
    mean.loss += value / T(4);
    for (std::size_t i = 0; i < 6; ++i) mean.gradient[i] += slopes[i] / T(4);
  }
  return mean;
}

template <class T>
void check(double tolerance) {
  constexpr auto constant = from_step<T>();
  auto const compiled = from_step<T>();
  auto const function = from_function<T>();
  constexpr auto constant_function = from_function<T>();
  for (auto const& r : {compiled, function, constant_function}) {
    CHECK(r.loss == Approx(constant.loss).epsilon(tolerance));
    for (std::size_t i = 0; i < 6; ++i)
      CHECK(r.gradient[i] == Approx(constant.gradient[i]).epsilon(tolerance).margin(tolerance));
  }
}

}  // namespace

TEST_CASE("smooth in a training step", "[function][smooth]") {
  check<double>(1e-13);
  check<float>(1e-5);
}

TEST_CASE("the compiled gradient is that of the compiled value", "[function][smooth]") {
  std::array<double, 2> const one{0.5, -0.25};
  double const h = 1e-4;
  for (std::size_t i = 0; i < 6; ++i) {
    auto right = ws<double>, left = ws<double>;
    right[i] += h;
    left[i] -= h;
    double const slope = std::get<1>(value_and_gradient<double>(x = one, w = ws<double>))[i];
    double const above = std::get<0>(value_and_gradient<double>(x = one, w = right));
    double const below = std::get<0>(value_and_gradient<double>(x = one, w = left));
    // one kink is left, and not near: that of the use with a policy of its own
    CHECK(slope == Approx((above - below) / (2 * h)).epsilon(1e-5));
  }
}
