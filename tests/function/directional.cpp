// SPDX-License-Identifier: BSL-1.0
// Directions at kinks in compiled functions and training steps: the reference evaluator, kernels
// and constant expressions agree to the last bit, in float and double.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <tuple>

using namespace ramp;

namespace {

constexpr auto x = input<"x", 3>;
constexpr auto w = parameter<"w", 3, 4>;
constexpr auto b = parameter<"b", 4>;
constexpr auto dw = input<"dw", 3, 4>;  // a direction for each sample
constexpr auto db = input<"db", 4>;
constexpr auto u = x * w + b;
constexpr auto two = slice<0, 1, 2>(u);  // so that shares are exact
constexpr auto loss = sum(relu(u)) + 2.0 * sum(abs(u)) + 4.0 * max(two) + 8.0 * min(two) +
                      16.0 * sum(max(u, b));
constexpr auto along = directional(dw, db);

constexpr std::size_t samples_given = 8;
template <class T, std::size_t Count>
constexpr std::array<T, Count> pattern(std::size_t seed) {
  std::array<T, Count> all{};
  constexpr T values[] = {T(0), T(1), T(-1), T(2), T(0)};
  for (std::size_t i = 0; i < Count; ++i) all[i] = values[(i * i * seed + i / 3 + seed) % 5];
  return all;
}
template <class T>
constexpr auto xs = pattern<T, 3 * samples_given>(1);
template <class T>
constexpr auto dws = pattern<T, 12 * samples_given>(2);
template <class T>
constexpr auto dbs = pattern<T, 4 * samples_given>(3);
template <class T>
constexpr auto ws = std::array<T, 12>{0, 0, 1, 1, 0, 0, 0, 0, -1, 0, 0, 1};

template <std::size_t Count, class T, std::size_t All>
constexpr std::array<T, Count> sample(std::array<T, All> const& from, std::size_t s) {
  std::array<T, Count> one{};
  for (std::size_t i = 0; i < Count; ++i) one[i] = from[s * Count + i];
  return one;
}

/// The gradient of every sample along its direction, or along none, one after the other, and the
/// ties that are left.
template <class T, class... Policy>
constexpr std::array<T, 17 * samples_given> from_function(Policy...) {
  constexpr auto f = compile<T>([] {
    if constexpr (sizeof...(Policy) == 0)
      return outputs(gradient(loss, wrt(w, b), along), unsettled_ties(loss, wrt(w, b), along));
    else
      return outputs(gradient(loss, wrt(w, b), Policy{}...), sum(b));
  });
  std::array<T, 17 * samples_given> all{};
  for (std::size_t s = 0; s < samples_given; ++s) {
    auto const results = [&] {
      if constexpr (sizeof...(Policy) == 0)
        return f(x = sample<3>(xs<T>, s), w = ws<T>, b = std::array<T, 4>{},
                 dw = sample<12>(dws<T>, s), db = sample<4>(dbs<T>, s));
      else return f(x = sample<3>(xs<T>, s), w = ws<T>, b = std::array<T, 4>{});
    }();
    for (std::size_t i = 0; i < 12; ++i) all[17 * s + i] = std::get<0>(results)[i];
    for (std::size_t i = 0; i < 4; ++i) all[17 * s + 12 + i] = std::get<1>(results)[i];
    all[17 * s + 16] = std::get<2>(results);
  }
  return all;
}

/// The gradient of w or b along the directions of every sample, which a training step can average
/// like any other expression.
constexpr auto mean_along(auto parameter) {
  constexpr auto by = gradient(loss, wrt(w, b), along);
  constexpr bool first = decltype(parameter)::shape_of.rank == 2;
  return mean_over_batch(get<first ? 0 : 1>(by));
}

/// w and b after a step of size 1.
template <class T>
constexpr std::array<T, 16> from_step() {
  constexpr auto rule = [](auto p, auto) { return p <<= p - mean_along(p); };
  constexpr auto step = training_step<T>([] { return mean_over_batch(loss); }, rule, tile<4>);
  auto model = step.initial_state(constant_initializer{}, 1);
  for (int i = 0; i < 12; ++i) model[w][i] = ws<T>[static_cast<std::size_t>(i)];
  for (int i = 0; i < 4; ++i) model[b][i] = T(0);
  typename decltype(step)::workspace memory;
  std::array<T, 16> after{};
  if (!step(model, memory, x = xs<T>, dw = dws<T>, db = dbs<T>)) return after;
  for (int i = 0; i < 12; ++i) after[static_cast<std::size_t>(i)] = model[w][i];
  for (int i = 0; i < 4; ++i) after[static_cast<std::size_t>(12 + i)] = model[b][i];
  return after;
}

template <class T>
void check() {
  constexpr auto constant = from_function<T>();
  auto const compiled = from_function<T>();
  CHECK(compiled == constant);
  // the directions matter, and leave few ties
  auto const standard_choice = from_function<T>(standard);
  int different = 0, unsettled = 0;
  for (std::size_t s = 0; s < samples_given; ++s) {
    for (std::size_t i = 0; i < 16; ++i)
      different += compiled[17 * s + i] != standard_choice[17 * s + i];
    unsettled += compiled[17 * s + 16] > 0;
  }
  CHECK(different > 30);
  CHECK(unsettled > 0);
  CHECK(unsettled < static_cast<int>(samples_given));

  constexpr auto constant_step = from_step<T>();
  CHECK(from_step<T>() == constant_step);
  for (std::size_t i = 0; i < 16; ++i) {
    T mean = i < 12 ? ws<T>[i] : T(0);
    for (std::size_t s = 0; s < samples_given; ++s) mean -= compiled[17 * s + i] / T(8);
    CHECK(constant_step[i] == Approx(mean).epsilon(1e-6).margin(1e-6));
  }
}

}  // namespace

TEST_CASE("directions decide the same everywhere, float", "[function][directional]") {
  check<float>();
}
TEST_CASE("directions decide the same everywhere, double", "[function][directional]") {
  check<double>();
}
