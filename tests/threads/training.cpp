// SPDX-License-Identifier: BSL-1.0
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include <ramp/core/random.hpp>

namespace {

constexpr auto point = ramp::input<"point", 4>;
constexpr auto kind = ramp::class_label<"kind", 3>;
constexpr auto scores = ramp::dense<"scores", 3>(ramp::relu(ramp::dense<"hidden", 8>(point)));
constexpr auto step = ramp::training_step<float>(
    [] { return ramp::mean_over_batch(ramp::cross_entropy(scores, kind)); }, ramp::sgd{0.1});

}  // namespace

TEST_CASE("threads train models of their own with one step and one data set", "[threads]") {
  constexpr std::size_t samples = 50;
  ramp::xoshiro256 generator(3);
  std::vector<float> points(4 * samples);
  for (auto& x : points) x = ramp::normal<float>(generator);
  std::vector<std::uint8_t> kinds(samples);
  for (std::size_t i = 0; i < samples; ++i)
    kinds[i] = static_cast<std::uint8_t>(points[4 * i] > 0.0f ? 1 : points[4 * i + 1] > 0.0f);

  auto const trained = [&](std::uint64_t seed) {
    auto model = step.initial_state(ramp::he_normal{}, seed);
    for (int i = 0; i < 20; ++i) {
      auto const loss = step(model, point = points, kind = kinds);  // scratch memory of the thread
      if (!loss) return decltype(model){};  // checked below: Catch2 itself takes one thread only
    }
    return model;
  };
  using model_type = decltype(step)::model_type;
  std::array<model_type, 3> models{};
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < models.size(); ++i)
      running.emplace_back([&, i] { models[i] = trained(i % 2); });
  }
  CHECK(models[0] == models[2]);
  CHECK(models[0] != models[1]);
  for (std::size_t i = 0; i < models.size(); ++i) {
    CHECK(models[i] == trained(i % 2));
    CHECK(models[i] != model_type{});
    CHECK(models[i] != step.initial_state(ramp::he_normal{}, i % 2));
  }
}
