// SPDX-License-Identifier: BSL-1.0
// At kinks, the fused step has the tie weights of the compiled gradient: in kernels, in float and
// double, and in constant expressions. All numbers here are small multiples of powers of two, so
// that every sum is exact and the comparison is of bits.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>

using namespace ramp;

namespace {

constexpr auto x = input<"x", 3>;
constexpr auto w = parameter<"w", 3, 5>;
constexpr auto b = parameter<"b", 5>;
constexpr auto v = parameter<"v", 5>;
constexpr auto u = x * w + b;
constexpr auto loss = sum(relu(u)) + 2.0 * sum(abs(u)) + sum(max(u, v)) + 4.0 * sum(min(u, v)) +
                      max(slice<0, 0, 2>(u)) + 8.0 * sum(relu(u - v, at_zero<1.0>)) +
                      sum(hadamard(gradient(sum(relu(v)), wrt(v), at_zero<0.5>), u));

constexpr std::size_t samples_given = 8;
constexpr std::size_t elements = 15 + 5 + 5;

template <class T>
constexpr std::array<T, 3 * samples_given> inputs = [] {
  std::array<T, 3 * samples_given> all{};
  constexpr T values[] = {T(0), T(1), T(-1), T(2)};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = values[(i * i + i / 3) % 4];
  return all;
}();

/// Many zeros, many ties.
template <class T>
constexpr std::array<T, elements> parameters = [] {
  std::array<T, elements> all{};
  constexpr T values[] = {T(0), T(0), T(1), T(0), T(-1), T(0), T(0.5)};
  for (std::size_t i = 0; i < elements; ++i) all[i] = values[i % 7];
  return all;
}();

constexpr auto mean_loss = [] { return mean_over_batch(loss); };
constexpr auto gradients = [] { return gradient(loss, wrt(w, b, v)); };

/// The mean gradient, from one step of size 1.
template <class T, class... Policy>
constexpr std::array<T, elements> from_step() {
  constexpr auto step = training_step<T>(mean_loss, sgd{1.0}, tile<8>, Policy{}...);
  auto model = step.initial_state(constant_initializer{}, 1);
  for (int i = 0; i < 15; ++i) model[w][i] = parameters<T>[static_cast<std::size_t>(i)];
  for (int i = 0; i < 5; ++i) model[b][i] = parameters<T>[static_cast<std::size_t>(15 + i)];
  for (int i = 0; i < 5; ++i) model[v][i] = parameters<T>[static_cast<std::size_t>(20 + i)];
  typename decltype(step)::workspace memory;
  auto g = parameters<T>;
  if (!step(model, memory, x = inputs<T>)) return {};
  for (int i = 0; i < 15; ++i) g[static_cast<std::size_t>(i)] -= model[w][i];
  for (int i = 0; i < 5; ++i) g[static_cast<std::size_t>(15 + i)] -= model[b][i];
  for (int i = 0; i < 5; ++i) g[static_cast<std::size_t>(20 + i)] -= model[v][i];
  return g;
}

/// The mean gradient, from the compiled gradient of one sample after the other.
template <class T, class... Policy>
constexpr std::array<T, elements> from_function() {
  constexpr auto f = compile<T>(gradients, Policy{}...);
  tensor<T, 3, 5> weights{};
  tensor<T, 5> bias{}, other{};
  for (std::size_t i = 0; i < 15; ++i) weights[i] = parameters<T>[i];
  for (std::size_t i = 0; i < 5; ++i) bias[i] = parameters<T>[15 + i];
  for (std::size_t i = 0; i < 5; ++i) other[i] = parameters<T>[20 + i];
  std::array<T, elements> mean{};
  for (std::size_t s = 0; s < samples_given; ++s) {
    std::array<T, 3> one{};
    for (std::size_t i = 0; i < 3; ++i) one[i] = inputs<T>[3 * s + i];
    auto const [dw, db, dv] = f(x = one, w = weights, b = bias, v = other);
    for (std::size_t i = 0; i < 15; ++i) mean[i] += dw[i] / T(samples_given);
    for (std::size_t i = 0; i < 5; ++i) mean[15 + i] += db[i] / T(samples_given);
    for (std::size_t i = 0; i < 5; ++i) mean[20 + i] += dv[i] / T(samples_given);
  }
  return mean;
}

/// In the two ways, at run time and in a constant expression.
template <class T, class... Policy>
std::array<T, elements> check() {
  constexpr auto constant_step = from_step<T, Policy...>();
  constexpr auto constant_function = from_function<T, Policy...>();
  static_assert(constant_step == constant_function);
  CHECK(from_step<T, Policy...>() == constant_step);
  CHECK(from_function<T, Policy...>() == constant_step);
  return constant_step;
}

}  // namespace

TEST_CASE("the default policy weighs ties the same everywhere", "[training_step][policy]") {
  auto const g = check<float>();
  check<double>();
  CHECK(g == check<float, standard_policy>());
}

TEST_CASE("at_zero weighs ties the same everywhere", "[training_step][policy]") {
  auto const quarter = check<float, at_zero_policy<0.25>>();
  check<double, at_zero_policy<0.25>>();
  auto const one = check<float, at_zero_policy<1.0>>();
  CHECK(quarter != one);  // so ties were hit
  CHECK(quarter != from_step<float>());
}

TEST_CASE("symmetric weighs ties the same everywhere", "[training_step][policy]") {
  auto const g = check<double, at_zero_policy<0.5>>();
  CHECK(g != from_step<double>());
}
