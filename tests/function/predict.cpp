// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/predict.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle.hpp"

using namespace ramp;

namespace {

constexpr auto image = input<"image", 6>;
constexpr auto label = class_label<"label", 5>;
constexpr auto hidden = relu(dense<"hidden", 18>(image));
constexpr auto logits = dense<"output", 5>(hidden);
constexpr auto step = training_step<float>(
    [] { return mean_over_batch(cross_entropy(logits, label)); }, momentum{0.1, 0.9});
constexpr auto probabilities = compile<float>([] { return softmax(logits); });
constexpr auto losses = compile<float>([] { return cross_entropy(logits, label); });

// several results, one of which is the same for all samples, and numbers bound for each call
constexpr auto gain = hyperparameter<"gain">;
constexpr auto offset = variable<"offset", 5>;
constexpr auto several = compile<float>([] {
  return outputs(gain * logits + offset, max(logits), sum(abs(dense<"output", 5>.weight(hidden))));
});
// as expression values: 2.5 and 0.25 are run-time numbers
constexpr auto with_numbers = compile<float>(2.5 * logits - 0.25);

using model_type = decltype(step)::model_type;

model_type some_model() {
  auto model = step.initial_state(he_normal{}, 5);
  oracle::perturb(model, 0.3, 6);
  return model;
}

/// The function for one sample, whose parameters are bound like other names.
constexpr auto of_one = compile<double>([] { return outputs(logits, softmax(logits)); });

struct one_sample {
  tensor<double, 6, 18> w1{};
  tensor<double, 18> b1{};
  tensor<double, 18, 5> w2{};
  tensor<double, 5> b2{};
  explicit one_sample(model_type const& m) {
    read(w1, m[dense<"hidden", 18>.weight(image)]);
    read(b1, m[dense<"hidden", 18>.bias()]);
    read(w2, m[dense<"output", 5>.weight(hidden)]);
    read(b2, m[dense<"output", 5>.bias()]);
  }
  [[nodiscard]] auto operator()(float const* pixels) const {
    std::array<double, 6> one{};
    for (std::size_t i = 0; i < 6; ++i) one[i] = static_cast<double>(pixels[i]);
    return of_one(image = one, dense<"hidden", 18>.weight(image) = w1,
                  dense<"hidden", 18>.bias() = b1, dense<"output", 5>.weight(hidden) = w2,
                  dense<"output", 5>.bias() = b2);
  }

 private:
  static void read(auto& to, auto const& from) {
    for (int i = 0; i < from.size(); ++i)
      to[static_cast<std::size_t>(i)] = static_cast<double>(from[i]);
  }
};

}  // namespace

TEST_CASE("any number of samples, each as if it were alone", "[predict]") {
  auto const model = some_model();
  one_sample const alone(model);
  for (std::size_t count : {1u, 7u, 31u, 32u, 33u, 90u}) {
    CAPTURE(count);
    auto const pixels = oracle::noise<float>(6 * count, 1);
    std::vector<float> out(5 * count, -1.0f);
    REQUIRE(probabilities(model, image = pixels, output = out));
    std::vector<double> doubles(5 * count, -1.0);
    REQUIRE(probabilities(model, image = pixels, output = std::span(doubles)));
    for (std::size_t s = 0; s < count; ++s) {
      auto const expected = std::get<1>(alone(pixels.data() + 6 * s));
      for (std::size_t i = 0; i < 5; ++i) {
        CHECK(static_cast<double>(out[5 * s + i]) == Approx(expected[i]).epsilon(1e-5));
        CHECK(doubles[5 * s + i] == static_cast<double>(out[5 * s + i]));
      }
    }
  }
}

TEST_CASE("several results, values for each call, and one that has no samples", "[predict]") {
  auto const model = some_model();
  one_sample const alone(model);
  std::size_t const count = 45;
  auto const pixels = oracle::noise<float>(6 * count, 1);
  std::vector<float> scores(5 * count), largest(count);
  float total = -1.0f;
  std::array<float, 5> const by = {0.5f, 0, -1, 2, 0};
  REQUIRE(several(model, output_at<2> = total, image = pixels, gain = 1.5, output = scores,
                  offset = by, output_at<1> = largest));
  double magnitudes = 0.0;
  for (double w : alone.w2) magnitudes += std::abs(w);
  CHECK(static_cast<double>(total) == Approx(magnitudes).epsilon(1e-5));
  for (std::size_t s = 0; s < count; ++s) {
    auto const expected = std::get<0>(alone(pixels.data() + 6 * s));
    double best = expected[0];
    for (std::size_t i = 0; i < 5; ++i) {
      best = std::max(best, expected[i]);
      CHECK(static_cast<double>(scores[5 * s + i]) ==
            Approx(1.5 * expected[i] + static_cast<double>(by[i])).epsilon(1e-4).margin(1e-5));
    }
    CHECK(static_cast<double>(largest[s]) == Approx(best).epsilon(1e-4).margin(1e-5));
  }
}

TEST_CASE("raw numbers of a function are its own in predictions too", "[predict]") {
  auto const model = some_model();
  one_sample const alone(model);
  auto const pixels = oracle::noise<float>(6 * 3, 1);
  std::array<float, 15> out{};
  REQUIRE(with_numbers(model, image = pixels, output = out));
  for (std::size_t s = 0; s < 3; ++s) {
    auto const expected = std::get<0>(alone(pixels.data() + 6 * s));
    for (std::size_t i = 0; i < 5; ++i)
      CHECK(static_cast<double>(out[5 * s + i]) ==
            Approx(2.5 * expected[i] - 0.25).epsilon(1e-4).margin(1e-5));
  }
}

TEST_CASE("bytes and selections", "[predict]") {
  auto const model = some_model();
  auto const bytes = oracle::labels<std::uint8_t>(6 * 40, 256, 1);
  std::vector<float> pixels;
  std::vector<std::uint32_t> const chosen = {39, 0, 0, 17};
  for (std::uint32_t s : chosen)
    for (std::size_t i = 0; i < 6; ++i)
      pixels.push_back(static_cast<float>(bytes[6 * s + i]) * (1.0f / 255));
  std::vector<float> expected(20), out(20);
  REQUIRE(probabilities(model, image = pixels, output = expected));
  REQUIRE(probabilities(model, image = scaled(bytes, 1.0f / 255), samples(chosen), output = out));
  CHECK(out == expected);
}

TEST_CASE("what is wrong with a prediction's data is said, and nothing else is written",
          "[predict][errors]") {
  auto const model = some_model();
  auto pixels = oracle::noise<float>(6 * 40, 1);
  std::vector<float> out(200, -1.0f);
  auto const says = [&](auto const& result, std::string_view text) {
    REQUIRE(!result);
    CHECK(std::string(result.error().message().view()) == text);
    CHECK(out == std::vector<float>(out.size(), -1.0f));
  };
  out.pop_back();
  says(probabilities(model, image = pixels, output = out),
       "input \"output\": 200 elements expected, 199 given");
  out.push_back(-1.0f);
  says(probabilities(model, image = std::span(pixels).first(7), output = out),
       "input \"image\": 7 elements are not a whole number of samples of 6 elements");
  says(probabilities(model, image = std::span(pixels).first(0), output = out),
       "input \"image\": no samples were given");
  std::array<std::uint32_t, 2> const chosen = {1, 40};
  says(probabilities(model, image = pixels, output = out, samples(chosen)),
       "input \"samples\": element 1 is index 40; the indices are 0 to 39");
  std::vector<float> largest(39);
  float total = 0.0f;
  says(several(model, image = pixels, output = out, output_at<1> = largest, output_at<2> = total,
               gain = 1.0, offset = std::array<float, 5>{}),
       "input \"output_at<1>\": 40 elements expected, 39 given");
  pixels[7] = std::numeric_limits<float>::quiet_NaN();
  says(probabilities(model, image = pixels, output = out),
       "input \"image\": sample 1, element 1 is not finite (NaN)");
}

TEST_CASE("of a prediction that finds an error the blocks of 32 samples before it are written",
          "[predict][errors]") {
  auto const model = some_model();
  auto pixels = oracle::noise<float>(6 * 200, 1);
  auto const labels = oracle::labels<int>(200, 5, 2);
  std::vector<float> all(1000), out(1000, -1.0f), all_losses(200), some_losses(200, -1.0f);
  REQUIRE(probabilities(model, image = pixels, output = all));
  REQUIRE(losses(model, image = pixels, label = labels, output = all_losses));
  auto const holds_first = [](auto const& written, auto const& wanted, std::size_t count) {
    auto const end = static_cast<long>(count);
    return std::equal(written.begin(), written.begin() + end, wanted.begin()) &&
           std::all_of(written.begin() + end, written.end(), [](float f) { return f == -1.0f; });
  };

  // data that is read in place, and a remainder of 8 samples that is copied
  for (auto const& [sample, whole] : {std::pair{0u, 0u}, {31u, 0u}, {32u, 32u}, {150u, 128u},
                                      {192u, 192u}, {199u, 192u}}) {
    auto changed = pixels;
    changed[6 * sample + 5] = std::numeric_limits<float>::infinity();
    std::fill(out.begin(), out.end(), -1.0f);
    auto const result = probabilities(model, image = changed, output = out);
    REQUIRE(!result);
    CHECK(result.error().sample == sample);
    CHECK(holds_first(out, all, 5 * whole));
  }

  auto wrong_labels = labels;
  wrong_labels[180] = 5;
  auto const result = losses(model, image = pixels, label = wrong_labels, output = some_losses);
  REQUIRE(!result);
  CHECK(result.error().kind == error_kind::label_out_of_range);
  CHECK(result.error().sample == 180);
  CHECK(holds_first(some_losses, all_losses, 160));

  // what counts is the order of the call
  std::vector<std::uint32_t> backwards(200);
  for (std::uint32_t i = 0; i < 200; ++i) backwards[i] = 199 - i;
  std::fill(some_losses.begin(), some_losses.end(), -1.0f);
  std::reverse(all_losses.begin(), all_losses.end());
  CHECK(losses(model, image = pixels, label = wrong_labels, output = some_losses,
               samples(backwards))
            .error()
            .sample == 180);
  CHECK(holds_first(some_losses, all_losses, 0));
  wrong_labels[180] = labels[180];
  wrong_labels[100] = -1;  // the 100th of the call, from 0: 99
  CHECK(losses(model, image = pixels, label = wrong_labels, output = some_losses,
               samples(backwards))
            .error()
            .sample == 100);
  CHECK(holds_first(some_losses, all_losses, 96));

  // a result that all samples share
  float shared = -1.0f;
  std::vector<float> scores(1000), largest(200);
  auto const run = [&](std::size_t bad) {
    auto changed = pixels;
    changed[6 * bad] = std::numeric_limits<float>::quiet_NaN();
    shared = -1.0f;
    return several(model, image = changed, output = scores, output_at<1> = largest,
                   output_at<2> = shared, gain = 1.0, offset = std::array<float, 5>{});
  };
  CHECK_FALSE(run(31));
  CHECK(shared == -1.0f);
  CHECK_FALSE(run(32));
  CHECK(shared > 0.0f);
}
