// SPDX-License-Identifier: BSL-1.0
// Data that is wrong at run time: the error says what and where, and the model is bit for bit as it
// was, the memory of the update rule included.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "oracle.hpp"

using namespace ramp;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr std::string_view kept = "; the model state is unchanged";

constexpr auto x = input<"x", 3>;
constexpr auto age = input<"age">;
constexpr auto label = class_label<"label", 3>;
constexpr auto scale = variable<"scale", 3>;
constexpr auto strength = hyperparameter<"strength">;
constexpr auto scores = hadamard(scale, dense<"scores", 3>(x)) + age * parameter<"by_age", 3>;
constexpr auto step = training_step<float>(
    [] { return mean_over_batch(strength * cross_entropy(scores, label)); }, momentum{0.1, 0.9},
    tile<4>);

using step_type = std::remove_const_t<decltype(step)>;

/// Ten samples: two full tiles and a part of a third.
struct problem {
  std::vector<float> x = oracle::noise<float>(30, 1);
  std::vector<float> age = oracle::noise<float>(10, 2);
  std::vector<int> label = oracle::labels<int>(10, 3, 3);
  std::vector<float> scale = {1.0f, 0.5f, 2.0f};
  float strength = 1.5f;
  step_type train = step;
  step_type::model_type model = step.initial_state(he_normal{}, 1);

  problem() {
    for (int i = 0; i < 2; ++i) REQUIRE(run());
  }

  template <class X, class Label, class... More>
  result<float> run(X const& xs, Label const& labels, More const&... more) {
    return train(model, ::x = xs, ::age = age, ::label = labels, ::scale = scale,
                 ::strength = strength, more...);
  }
  result<float> run() { return run(x, label); }

  /// What the call says, which must not have touched the model.
  template <class... Arguments>
  std::string error(Arguments const&... arguments) {
    auto const before = model;
    auto const result = run(arguments...);
    REQUIRE(!result);
    CHECK(std::memcmp(&before, &model, sizeof(model)) == 0);
    CHECK(result.error().state_unchanged);
    std::string const message(result.error().message().view());
    REQUIRE(message.size() > kept.size());
    CHECK(message.substr(message.size() - kept.size()) == kept);
    return message.substr(0, message.size() - kept.size());
  }
};

}  // namespace

TEST_CASE("data without a mistake are no error", "[training_step][errors]") {
  problem p;
  auto const before = p.model;
  CHECK(p.run());
  CHECK(p.model != before);
}

TEST_CASE("lengths", "[training_step][errors]") {
  problem p;
  p.x.pop_back();
  CHECK(p.error() == "input \"x\": 29 elements are not a whole number of samples of 3 elements");
  p = problem();
  p.label.pop_back();
  CHECK(p.error() == "input \"label\": 10 elements expected, 9 given");
  p = problem();
  p.age.push_back(0.0f);
  CHECK(p.error() == "input \"age\": 10 elements expected, 11 given");
  p = problem();
  p.x.clear();
  p.age.clear();
  p.label.clear();
  CHECK(p.error() == "input \"x\": no samples were given");
  p = problem();
  p.age.clear();
  CHECK(p.error() == "input \"age\": 10 elements expected, 0 given");
  p = problem();
  p.scale.push_back(1.0f);
  CHECK(p.error() == "input \"scale\": 3 elements expected, 4 given");
  p.scale.clear();
  CHECK(p.error() == "input \"scale\": 3 elements expected, 0 given");
}

TEST_CASE("labels, in every tile and of every type", "[training_step][errors]") {
  for (std::size_t at : {0u, 3u, 4u, 7u, 8u, 9u}) {
    problem p;
    p.label[at] = 3;
    auto const sample = "input \"label\": sample " + std::to_string(at);
    CHECK(p.error() == sample + " is label 3; the classes are 0 to 2");
    p.label[at] = -1;
    CHECK(p.error() == sample + " is label -1; the classes are 0 to 2");
    std::vector<std::int8_t> small(p.label.begin(), p.label.end());
    CHECK(p.error(p.x, small) == sample + " is label -1; the classes are 0 to 2");
    std::vector<std::uint8_t> bytes(p.label.begin(), p.label.end());
    CHECK(p.error(p.x, bytes) == sample + " is label 255; the classes are 0 to 2");
    std::vector<std::uint16_t> words(p.label.begin(), p.label.end());
    CHECK(p.error(p.x, words) == sample + " is label 65535; the classes are 0 to 2");
    std::vector<std::uint64_t> huge(p.label.begin(), p.label.end());
    CHECK(p.error(p.x, huge).substr(0, sample.size() + 9) == sample + " is label");
  }
}

TEST_CASE("data that is not finite, read in place and in the remainder",
          "[training_step][errors]") {
  for (std::size_t at : {0u, 1u, 11u, 12u, 20u, 26u, 29u}) {
    auto const place = "input \"x\": sample " + std::to_string(at / 3) + ", element " +
                       std::to_string(at % 3) + " is not finite ";
    problem p;
    p.x[at] = not_a_number;
    CHECK(p.error() == place + "(NaN)");
    p.x[at] = infinity;
    CHECK(p.error() == place + "(infinity)");
    p.x[at] = -infinity;
    CHECK(p.error() == place + "(-infinity)");
    // as another type, which is copied, and scaled
    std::vector<double> const wide(p.x.begin(), p.x.end());
    CHECK(p.error(wide, p.label) == place + "(-infinity)");
    CHECK(p.error(scaled(wide, 0.5), p.label) == place + "(-infinity)");
    CHECK(p.error(scaled(p.x, -0.5f), p.label) == place + "(infinity)");
  }
  for (std::size_t at : {0u, 5u, 9u}) {
    problem p;
    p.age[at] = not_a_number;
    CHECK(p.error() == "input \"age\": sample " + std::to_string(at) + " is not finite (NaN)");
  }
}

TEST_CASE("data that is not finite once it has the element type", "[training_step][errors]") {
  problem p;
  std::vector<double> wide(p.x.begin(), p.x.end());
  wide[28] = 1e300;
  CHECK(p.error(wide, p.label) == "input \"x\": sample 9, element 1 is not finite (infinity)");
  p.x[4] = 1e38f;
  CHECK(p.error(scaled(p.x, 1e10f), p.label) ==
        "input \"x\": sample 1, element 1 is not finite (infinity)");
  std::vector<std::uint8_t> const bytes(30, 0);
  CHECK(p.error(scaled(bytes, not_a_number), p.label) ==
        "input \"x\": the value is not finite (NaN)");
  CHECK(p.error(scaled(bytes, infinity), p.label) ==
        "input \"x\": the value is not finite (infinity)");
}

TEST_CASE("selected samples", "[training_step][errors]") {
  problem p;
  std::array<std::uint32_t, 6> chosen = {9, 0, 0, 4, 10, 2};
  CHECK(p.error(p.x, p.label, samples(chosen)) ==
        "input \"samples\": element 4 is index 10; the indices are 0 to 9");
  CHECK(p.error(p.x, p.label, samples({})) == "input \"samples\": no samples were given");
  chosen[4] = 7;
  p.x[3 * 7 + 1] = not_a_number;  // the sample is named as the caller counts, not as it is chosen
  CHECK(p.error(p.x, p.label, samples(chosen)) ==
        "input \"x\": sample 7, element 1 is not finite (NaN)");
  p = problem();
  p.label[7] = 5;
  CHECK(p.error(p.x, p.label, samples(chosen)) ==
        "input \"label\": sample 7 is label 5; the classes are 0 to 2");
  chosen[4] = 1;
  CHECK(p.run(p.x, p.label, samples(chosen)));  // what is not chosen is not looked at
}

TEST_CASE("numbers that all samples share", "[training_step][errors]") {
  problem p;
  p.strength = not_a_number;
  CHECK(p.error() == "input \"strength\": the value is not finite (NaN)");
  p = problem();
  p.scale[2] = infinity;
  CHECK(p.error() == "input \"scale\": element 2 is not finite (infinity)");
}

TEST_CASE("numbers of the update rule", "[training_step][errors]") {
  problem p;
  p.train.rule.beta = std::numeric_limits<double>::quiet_NaN();
  CHECK(p.error() == "input \"update rule\": element 0 is not finite (NaN)");
  p.train.rule.beta = 0.9;
  p.train.rule.learning_rate = std::numeric_limits<double>::infinity();
  CHECK(p.error() == "input \"update rule\": element 1 is not finite (infinity)");
  p.train.rule.learning_rate = 1e300;  // infinite as a float
  CHECK(p.error() == "input \"update rule\": element 1 is not finite (infinity)");
}

TEST_CASE("a loss that is not finite", "[training_step][errors]") {
  problem p;
  p.x[26] = 3e38f;
  p.x[25] = -3e38f;
  for (std::size_t i = 0; i < 30; ++i)
    if (p.x[i] < 1e38f && p.x[i] > -1e38f) p.x[i] *= 1e30f;
  p.scale = {1e20f, -1e20f, 1e20f};
  auto const message = p.error();
  CHECK(message.substr(0, 22) == "the loss is not finite");

  // a parameter that is not finite shows in the loss
  p = problem();
  p.model[parameter<"by_age", 3>](1) = not_a_number;
  CHECK(p.error() == "the loss is not finite (NaN)");
}

TEST_CASE("after an error the same model trains on", "[training_step][errors]") {
  problem p;
  problem undisturbed;
  auto const good = p.x;
  p.x[29] = not_a_number;
  CHECK(!p.run());
  p.x = good;
  REQUIRE(p.run());
  REQUIRE(undisturbed.run());
  CHECK(p.model == undisturbed.model);
}
