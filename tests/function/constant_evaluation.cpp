// SPDX-License-Identifier: BSL-1.0
// Training and prediction in constant expressions, at the default limits of both compilers.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

using namespace ramp;

namespace {

// exclusive or: two inputs, four hidden units, one output
constexpr auto in = input<"in", 2>;
constexpr auto target = input<"target">;
constexpr auto hidden = tanh(dense<"hidden", 4>(in));
constexpr auto out = dot(hidden, parameter<"w", 4>) + parameter<"b">;
constexpr auto mean_loss = [] { return mean_over_batch(binary_cross_entropy(out, target)); };
constexpr auto step = training_step<float>(mean_loss, sgd{1.0}, tile<4>);
constexpr auto in_tiles = training_step<float>(mean_loss, sgd{1.0}, tile<3>);
constexpr auto predict = compile<float>([] { return sigmoid(out); });

constexpr std::array<float, 8> inputs = {0, 0, 0, 1, 1, 0, 1, 1};
constexpr std::array<float, 4> targets = {0, 1, 1, 0};

template <class Step>
struct run_of {
  typename Step::model_type model{};
  std::array<float, 24> losses{};
  bool failed = false;
};

/// Any step, at run time as well.
template <class Step>
constexpr run_of<Step> train(Step const& s, std::size_t steps) {
  run_of<Step> r;
  r.model = s.initial_state(xavier_uniform{}, 3);
  for (int i = 0; i < 4; ++i) r.model[parameter<"w", 4>](i) = i % 2 == 0 ? 1.0f : -1.0f;
  typename Step::workspace w;
  for (std::size_t i = 0; i < steps; ++i) {
    auto const loss = s(r.model, w, in = inputs, target = targets);
    if (loss) r.losses[i] = loss.value();
    else r.failed = true;
  }
  return r;
}

constexpr auto trained = train(step, 24);
static_assert(!trained.failed);
static_assert(trained.losses[23] < 0.75f * trained.losses[0], "the loss falls");
static_assert(trained.losses[0] > 0.69f);

constexpr auto in_two_tiles = train(in_tiles, 5);
static_assert(!in_two_tiles.failed);

constexpr std::array<float, 4> predicted = [] {
  std::array<float, 4> p{};
  if (!predict(trained.model, in = inputs, output = p)) p[0] = -1.0f;
  return p;
}();
static_assert(predicted[0] >= 0.0f && predicted[0] < predicted[1] && predicted[0] < predicted[2]);
static_assert(predicted[3] < predicted[1] && predicted[3] < predicted[2]);

// errors are values in constant expressions too
static_assert([] {
  auto model = step.initial_state(xavier_uniform{}, 3);
  auto const before = model;
  decltype(step)::workspace w;
  std::array<float, 8> wrong = inputs;
  wrong[5] = std::numeric_limits<float>::infinity();
  auto const result = step(model, w, in = wrong, target = targets);
  return !result && model == before &&
         result.error().message() == "input \"in\": sample 2, element 1 is not finite (infinity); "
                                     "the model state is unchanged";
}());

/// How many numbers of the type lie between two.
int ulps_between(float a, float b) {
  int count = 0;
  for (float x = std::min(a, b); x < std::max(a, b) && count < 100000; ++count)
    x = std::nextafter(x, std::numeric_limits<float>::infinity());
  return count;
}

}  // namespace

TEST_CASE("a training run is the same in a constant expression and in kernels",
          "[constant_evaluation]") {
  auto const now = train(step, 24);
  REQUIRE(!now.failed);
  // one step differs by the rounding of sums in another order; 24 steps carry it on
  CHECK(ulps_between(now.losses[0], trained.losses[0]) <= 2);
  CHECK(ulps_between(now.losses[1], trained.losses[1]) <= 4);
  CHECK(ulps_between(now.losses[23], trained.losses[23]) <= 200);
  for (std::size_t i = 0; i < now.model.state.size(); ++i)
    CHECK(now.model.state[i] == Approx(trained.model.state[i]).epsilon(1e-5).margin(1e-6));
}

TEST_CASE("several tiles in a constant expression", "[constant_evaluation]") {
  auto const now = train(in_tiles, 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(ulps_between(now.losses[i], in_two_tiles.losses[i]) <= 16);
    CHECK(ulps_between(in_two_tiles.losses[i], trained.losses[i]) <= 16);
  }
}

TEST_CASE("a prediction is the same in a constant expression and in kernels",
          "[constant_evaluation]") {
  std::array<float, 4> now{};
  REQUIRE(predict(trained.model, in = inputs, output = now));
  for (std::size_t i = 0; i < 4; ++i) CHECK(ulps_between(now[i], predicted[i]) <= 4);
}
