// SPDX-License-Identifier: BSL-1.0
// What a step can be fed with: integers, bytes, selections; and terms of the loss beside the mean.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "oracle.hpp"

using namespace ramp;
using oracle::elements_of;

namespace {

constexpr auto image = input<"image", 6>;
constexpr auto label = class_label<"label", 4>;
constexpr auto weight = dense<"scores", 4>.weight(image);
constexpr auto loss = cross_entropy(dense<"scores", 4>(image), label);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.5}, tile<8>);
constexpr auto decayed = training_step<double>(
    [] { return 2.0 * mean_over_batch(loss) + 0.25 * sum(hadamard(weight, weight)) - 1.0; },
    sgd{0.5}, tile<8>);

using model_type = decltype(step)::model_type;

template <class... Arguments>
model_type trained(Arguments const&... arguments) {
  auto model = step.initial_state(xavier_uniform{}, 5);
  for (int i = 0; i < 3; ++i) REQUIRE(step(model, arguments...));
  return model;
}

struct data_set {
  std::vector<std::uint8_t> bytes = oracle::labels<std::uint8_t>(6 * 20, 256, 1);
  std::vector<float> pixels;
  std::vector<int> kinds = oracle::labels<int>(20, 4, 2);
  data_set() {
    for (std::uint8_t b : bytes) pixels.push_back(static_cast<float>(b) * (1.0f / 255));
  }
};

template <class Label>
std::vector<Label> as(std::vector<int> const& kinds) {
  return {kinds.begin(), kinds.end()};
}

}  // namespace

TEST_CASE("labels of every integer type", "[training_step]") {
  data_set const d;
  auto const expected = trained(image = d.pixels, label = d.kinds);
  CHECK(trained(image = d.pixels, label = as<std::int8_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::uint8_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::int16_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::uint16_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::uint32_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::int64_t>(d.kinds)) == expected);
  CHECK(trained(image = d.pixels, label = as<std::uint64_t>(d.kinds)) == expected);
}

TEST_CASE("inputs of every arithmetic type, scaled on the way in", "[training_step]") {
  data_set const d;
  auto const expected = trained(image = d.pixels, label = d.kinds);
  CHECK(trained(image = scaled(d.bytes, 1.0f / 255), label = d.kinds) == expected);
  std::vector<int> const integers(d.bytes.begin(), d.bytes.end());
  CHECK(trained(image = scaled(integers, 1.0f / 255), label = d.kinds) == expected);
  std::vector<double> const wide(d.pixels.begin(), d.pixels.end());
  CHECK(trained(image = wide, label = d.kinds) == expected);
  CHECK(trained(image = scaled(d.pixels, 1.0), label = d.kinds) == expected);
  // unscaled bytes are numbers like others
  std::vector<float> const large(d.bytes.begin(), d.bytes.end());
  CHECK(trained(image = d.bytes, label = d.kinds) == trained(image = large, label = d.kinds));
}

TEST_CASE("data in arrays, spans and tensors", "[training_step]") {
  data_set const d;
  auto const pixels = std::span(d.pixels).first(12);
  auto const kinds = std::span(d.kinds).first(2);
  auto const expected = trained(image = pixels, label = kinds);
  std::array<float, 12> own{};
  float plain[12];
  tensor<float, 2, 6> rows{};
  for (std::size_t i = 0; i < 12; ++i) own[i] = plain[i] = rows[i] = d.pixels[i];
  CHECK(trained(image = own, label = kinds) == expected);
  CHECK(trained(image = plain, label = kinds) == expected);
  CHECK(trained(image = rows, label = kinds) == expected);
  CHECK(trained(label = std::array{d.kinds[0], d.kinds[1]}, image = pixels) == expected);
  // one sample: a label may be a number
  CHECK(trained(image = pixels.first(6), label = d.kinds[0]) ==
        trained(image = pixels.first(6), label = kinds.first(1)));
}

TEST_CASE("selected samples, in their order and repeated", "[training_step]") {
  data_set const d;
  std::array<std::uint32_t, 11> const chosen = {3, 3, 19, 0, 7, 12, 3, 1, 2, 18, 0};
  std::vector<float> pixels;
  std::vector<int> kinds;
  for (std::uint32_t s : chosen) {
    pixels.insert(pixels.end(), d.pixels.begin() + 6 * s, d.pixels.begin() + 6 * s + 6);
    kinds.push_back(d.kinds[s]);
  }
  auto const expected = trained(image = pixels, label = kinds);
  CHECK(trained(image = d.pixels, label = d.kinds, samples(chosen)) == expected);
  CHECK(trained(samples(chosen), image = scaled(d.bytes, 1.0f / 255), label = d.kinds) == expected);
  CHECK(trained(image = d.pixels, label = d.kinds) != expected);
  std::vector<std::uint32_t> all(20);
  for (std::uint32_t i = 0; i < 20; ++i) all[i] = i;
  CHECK(trained(image = d.pixels, label = d.kinds, samples(all)) ==
        trained(image = d.pixels, label = d.kinds));
}

TEST_CASE("weight decay beside the mean is counted once, however many samples and tiles there are",
          "[training_step]") {
  data_set const d;
  for (std::size_t count : {1u, 8u, 20u}) {
    CAPTURE(count);
    std::vector<double> const pixels(d.pixels.begin(),
                                     d.pixels.begin() + static_cast<std::ptrdiff_t>(6 * count));
    auto const kinds = std::span(d.kinds).first(count);
    auto model = decayed.initial_state(xavier_uniform{}, 5);
    oracle::perturb(model, 0.1, 4);
    auto const before = elements_of(model);
    auto values = before;
    values["image"] = pixels;
    values["label"] = {kinds.begin(), kinds.end()};
    auto const answer = oracle::sample_loss(loss).mean(values, count);
    auto expected = before;
    double squares = 0.0;
    for (auto const& [name, gradient] : answer.gradients)
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        double const w = before.at(name)[i];
        bool const decays = name == "scores.weight";
        if (decays) squares += w * w;
        expected[name][i] -= 0.5 * (2.0 * gradient[i] + (decays ? 0.5 * w : 0.0));
      }
    auto const result = decayed(model, image = pixels, label = kinds);
    REQUIRE(result);
    CHECK(result.value() == Approx(2.0 * answer.loss + 0.25 * squares - 1.0).epsilon(1e-13));
    CHECK(oracle::distance(elements_of(model), expected) < 1e-13);
  }
}
