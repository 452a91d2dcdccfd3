// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/training_step.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/nn/initializer.hpp>
#include <ramp/nn/layer.hpp>
#include <ramp/nn/loss.hpp>
#include <ramp/optimize/sgd.hpp>

#include "oracle.hpp"

using namespace ramp;
using oracle::elements_of;
using oracle::named_values;

namespace {

constexpr auto x = input<"x", 5>;
constexpr auto label = class_label<"label", 3>;
constexpr auto w1 = parameter<"hidden.weight", 5, 4>;
constexpr auto b1 = parameter<"hidden.bias", 4>;
constexpr auto w2 = parameter<"output.weight", 4, 3>;
constexpr auto b2 = parameter<"output.bias", 3>;
constexpr auto loss = cross_entropy(relu(x * w1 + b1) * w2 + b2, label);

constexpr auto mean_loss = [] { return mean_over_batch(loss); };
constexpr auto step4 = training_step<float>(mean_loss, sgd{0.5}, tile<4>);
constexpr auto step32 = training_step<float>(mean_loss, sgd{0.5});
constexpr auto step64 = training_step<float>(mean_loss, sgd{0.5}, tile<64>);

using model32 = decltype(step32)::model_type;
static_assert(decltype(step32)::program::tile == 32);
static_assert(std::is_same_v<decltype(training_step(mean_loss, sgd{0.5}))::model_type::value_type,
                             double>);
static_assert(std::is_trivially_copyable_v<model32>);
static_assert(sizeof(model32) % 64 == 0 && sizeof(model32) < 1024);
static_assert(sizeof(model32) == sizeof(decltype(step4)::model_type),
              "the layout of a model depends on its parameters alone");

struct data_set {
  explicit data_set(std::size_t samples)
      : x(oracle::noise<float>(5 * samples, 1)), label(oracle::labels<int>(samples, 3, 2)) {}
  std::vector<float> x;
  std::vector<int> label;
  [[nodiscard]] named_values values() const {
    return {{"x", oracle::doubles(x)}, {"label", oracle::doubles(label)}};
  }
};

template <class Step>
named_values after_steps(Step const& step, data_set const& data, int steps) {
  auto model = step.initial_state(he_normal{}, 5);
  oracle::perturb(model, 0.2, 6);
  for (int i = 0; i < steps; ++i) REQUIRE(step(model, x = data.x, label = data.label));
  return elements_of(model);
}

}  // namespace

TEST_CASE("a step is the mean of what every sample says, for any number of samples",
          "[training_step]") {
  for (std::size_t samples : {1u, 7u, 31u, 32u, 33u, 64u, 90u}) {
    CAPTURE(samples);
    data_set const data(samples);
    oracle::check_step(step4, loss, data.values(), samples, 1e-6, x = data.x, label = data.label);
    oracle::check_step(step32, loss, data.values(), samples, 1e-6, x = data.x, label = data.label);
    oracle::check_step(step64, loss, data.values(), samples, 1e-6, x = data.x, label = data.label);
  }
}

TEST_CASE("twenty steps do not depend on the tile size but for rounding", "[training_step]") {
  for (std::size_t samples : {1u, 7u, 32u, 33u, 90u}) {
    CAPTURE(samples);
    data_set const data(samples);
    auto const reference = after_steps(step32, data, 20);
    CHECK(oracle::distance(after_steps(step4, data, 20), reference) < 1e-5);
    CHECK(oracle::distance(after_steps(step64, data, 20), reference) < 1e-5);
  }
}

TEST_CASE("a step equals the compiled gradient of each sample, averaged by hand",
          "[training_step]") {
  constexpr auto gradients = compile<float>([] {
    auto const g = gradient(loss, wrt(w1, b1, w2, b2));
    return outputs(loss, g);
  });
  std::size_t const samples = 33;
  data_set const data(samples);
  auto model = step32.initial_state(he_normal{}, 5);
  oracle::perturb(model, 0.2, 6);
  tensor<float, 5, 4> hidden_weight{};
  tensor<float, 4> hidden_bias{};
  tensor<float, 4, 3> output_weight{};
  tensor<float, 3> output_bias{};
  auto read = [&](auto& to, auto const& from) {
    for (int i = 0; i < from.size(); ++i) to[static_cast<std::size_t>(i)] = from[i];
  };
  read(hidden_weight, model[w1]);
  read(hidden_bias, model[b1]);
  read(output_weight, model[w2]);
  read(output_bias, model[b2]);

  double total = 0.0;
  std::vector<double> by_w1(20), by_b1(4), by_w2(12), by_b2(3);
  for (std::size_t s = 0; s < samples; ++s) {
    std::array<float, 5> one{};
    for (std::size_t i = 0; i < 5; ++i) one[i] = data.x[5 * s + i];
    auto const at_sample = gradients(x = one, label = data.label[s], w1 = hidden_weight,
                                     b1 = hidden_bias, w2 = output_weight, b2 = output_bias);
    auto const& [l, dw1, db1, dw2, db2] = at_sample.value();
    auto add = [](std::vector<double>& sum, auto const& g) {
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<double>(g[i]);
    };
    total += static_cast<double>(l);
    add(by_w1, dw1);
    add(by_b1, db1);
    add(by_w2, dw2);
    add(by_b2, db2);
  }
  auto const before = model;
  auto const result = step32(model, x = data.x, label = data.label);
  REQUIRE(result);
  CHECK(static_cast<double>(result.value()) == Approx(total / 33).epsilon(1e-6));
  auto compare = [&](auto const& parameter, std::vector<double> const& sum) {
    auto const then = before[parameter];
    auto const now = model[parameter];
    for (int i = 0; i < now.size(); ++i) {
      CAPTURE(i);
      double const expected =
          static_cast<double>(then[i]) - 0.5 * sum[static_cast<std::size_t>(i)] / 33;
      CHECK(static_cast<double>(now[i]) == Approx(expected).margin(1e-6));
    }
  };
  compare(w1, by_w1);
  compare(b1, by_b1);
  compare(w2, by_w2);
  compare(b2, by_b2);
}

TEST_CASE("the loss of a step is that before the update, and it falls", "[training_step]") {
  data_set data(90);
  for (std::size_t s = 0; s < 90; ++s) data.label[s] = data.x[5 * s] > data.x[5 * s + 1] ? 1 : 0;
  auto model = step32.initial_state(he_normal{}, 5);
  auto const first = step32(model, x = data.x, label = data.label).value();
  float last = first;
  for (int i = 0; i < 200; ++i) last = step32(model, x = data.x, label = data.label).value();
  CHECK(first > 0.9f);
  CHECK(last < 0.2f * first);
}

TEST_CASE("the numbers of the update rule may change between calls", "[training_step]") {
  data_set const data(7);
  auto step = step32;
  auto model = step.initial_state(he_normal{}, 5);
  auto const before = model;
  step.rule.learning_rate = 0.0;
  REQUIRE(step(model, x = data.x, label = data.label));
  CHECK(model == before);
  step.rule.learning_rate = 0.25;
  REQUIRE(step(model, x = data.x, label = data.label));
  auto other = before;
  REQUIRE(step32(other, x = data.x, label = data.label));
  auto const start = elements_of(before);
  auto const half = elements_of(model);
  auto const whole = elements_of(other);
  for (auto const& [name, elements] : whole)
    for (std::size_t i = 0; i < elements.size(); ++i)
      CHECK(2.0 * (half.at(name)[i] - start.at(name)[i]) ==
            Approx(elements[i] - start.at(name)[i]).margin(1e-6));
}
