// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/training_step.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/nn/initializer.hpp>
#include <ramp/optimize/sgd.hpp>

using namespace ramp;

namespace {

/// Adds the number of the step, which it counts itself.
struct counting_rule {
  constexpr auto operator()(auto w, auto g) const {
    auto count = (state<"count"> <<= state<"count"> + 1);
    return updates(count, w <<= w + 0.0 * g + count);
  }
};

/// Its memory does not depend on the samples, and has the shape of the parameter.
struct fading_rule {
  constexpr auto operator()(auto w, auto g) const {
    auto memory = state_like<"memory">(w);
    auto next = (memory <<= 0.5 * memory + 1.0);
    return updates(next, w <<= w + 0.0 * g + next);
  }
};

constexpr auto x = input<"x">;
constexpr auto w = parameter<"w", 3>;
constexpr auto bias = parameter<"bias">;
constexpr auto loss = [] { return mean_over_batch(sum(w) * x); };
constexpr auto counting = training_step<double>(loss, counting_rule{});
constexpr auto fading = training_step<double>(loss, fading_rule{});
constexpr auto y = input<"y", 2>;
constexpr auto z = input<"z", 3>;
constexpr auto matrix = parameter<"matrix", 2, 3>;
constexpr auto mean_of_products = training_step<double>(
    [] { return mean_over_batch(sum(matrix) * x); },
    [](auto m, auto) { return m <<= m - mean_over_batch(outer(y, z)); }, tile<4>);
constexpr auto scalar_model = training_step<double>(
    [] { return mean_over_batch(bias * x); }, sgd{0.25}, tile<4>);

}  // namespace

TEST_CASE("an update that depends on no sample runs once a step, however many tiles there are",
          "[function]") {
  for (std::size_t const samples : {1u, 32u, 33u, 100u}) {
    CAPTURE(samples);
    std::vector<double> const data(samples, 2.0);
    auto model = counting.initial_state(constant_initializer{0.0}, 1);
    REQUIRE(counting(model, x = data));
    CHECK(model[w](0) == 1.0);
    REQUIRE(counting(model, x = data));
    CHECK(model[w](2) == 3.0);

    auto other = fading.initial_state(constant_initializer{0.0}, 1);
    REQUIRE(fading(other, x = data));
    CHECK(other[w](1) == 1.0);
    REQUIRE(fading(other, x = data));
    CHECK(other[w](1) == 2.5);
  }
}

TEST_CASE("a parameter that is one number is learned", "[function]") {
  for (std::size_t const samples : {1u, 4u, 9u}) {
    CAPTURE(samples);
    std::vector<double> const data(samples, 2.0);
    auto model = scalar_model.initial_state(constant_initializer{1.0}, 1);
    auto const result = scalar_model(model, x = data);
    REQUIRE(result);
    CHECK(result.value() == Approx(2.0));
    CHECK(model[bias]() == Approx(0.5));
  }
}

TEST_CASE("the mean of a matrix that differs from sample to sample", "[function]") {
  for (std::size_t const samples : {1u, 4u, 9u}) {
    CAPTURE(samples);
    std::vector<double> const scalars(samples, 1.0);
    std::vector<double> rows, columns;
    double expected[2][3] = {};
    for (std::size_t s = 0; s < samples; ++s) {
      for (int i = 0; i < 2; ++i) rows.push_back(static_cast<double>(s) + i);
      for (int j = 0; j < 3; ++j) columns.push_back(2.0 * static_cast<double>(s) - j * j);
      for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 3; ++j)
          expected[i][j] -= rows[2 * s + i] * columns[3 * s + j] / static_cast<double>(samples);
    }
    auto model = mean_of_products.initial_state(constant_initializer{0.0}, 1);
    REQUIRE(mean_of_products(model, x = scalars, y = rows, z = columns));
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 3; ++j) CHECK(model[matrix](i, j) == Approx(expected[i][j]));
  }
}
