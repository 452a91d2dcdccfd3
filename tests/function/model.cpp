// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/model.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstring>
#include <set>
#include <type_traits>

#include "oracle.hpp"

using namespace ramp;

namespace {

constexpr auto x = input<"x", 3>;
constexpr auto y = input<"y">;
constexpr auto w = parameter<"w", 3, 40>;
constexpr auto narrow = parameter<"narrow", 40, 2>;
constexpr auto cube = parameter<"cube", 2, 3, 4>;
constexpr auto offset = parameter<"offset">;
constexpr auto loss = mean_squared_error(sum(x * w * narrow) + sum(cube) + offset, y);
constexpr auto step =
    training_step<float>([] { return mean_over_batch(loss); }, momentum{0.01, 0.5});
using model_type = decltype(step)::model_type;

static_assert(std::is_trivially_copyable_v<model_type>);
static_assert(std::is_standard_layout_v<model_type>);
static_assert(alignof(model_type) == 64);

/// Writes a number of its own to every element of a parameter.
template <class Parameter>
void number(model_type& m, Parameter const& p, float first) {
  auto const view = m[p];
  for (int i = 0; i < view.size(); ++i) view[i] = first + static_cast<float>(i);
}

}  // namespace

TEST_CASE("elements are addressed in row-major order, and no two share memory", "[model]") {
  model_type m;
  number(m, w, 1000);
  number(m, narrow, 2000);
  number(m, cube, 3000);
  number(m, offset, 4000);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 40; ++j) CHECK(m[w](i, j) == static_cast<float>(1000 + 40 * i + j));
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 2; ++j) CHECK(m[narrow](i, j) == static_cast<float>(2000 + 2 * i + j));
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k)
        CHECK(m[cube](i, j, k) == static_cast<float>(3000 + 12 * i + 4 * j + k));
  CHECK(m[offset]() == 4000.0f);

  model_type const& constant = m;
  static_assert(std::is_same_v<decltype(constant[w](0, 0)), float const&>);
  static_assert(std::is_same_v<decltype(m[w](0, 0)), float&>);
  CHECK(constant[w](2, 39) == 1119.0f);
  std::set<float const*> places;
  for (int i = 0; i < 120; ++i) places.insert(&constant[w][i]);
  for (int i = 0; i < 80; ++i) places.insert(&constant[narrow][i]);
  for (int i = 0; i < 24; ++i) places.insert(&constant[cube][i]);
  places.insert(&constant[offset]());
  CHECK(places.size() == 120 + 80 + 24 + 1);
}

TEST_CASE("a model is a value: copies share nothing, and bytes are all there is", "[model]") {
  auto const first = step.initial_state(he_normal{}, 1);
  auto second = first;
  CHECK(second == first);
  second[w](1, 1) += 1.0f;
  CHECK(second != first);
  auto const xs = oracle::noise<float>(3 * 9, 1);
  auto const ys = oracle::noise<float>(9, 2);
  REQUIRE(step(second, x = xs, y = ys));
  CHECK(first == step.initial_state(he_normal{}, 1));
  model_type from_bytes;
  std::memcpy(&from_bytes, &second, sizeof(second));
  CHECK(from_bytes == second);
  auto const a = step(second, x = xs, y = ys);
  auto const b = step(from_bytes, x = xs, y = ys);
  REQUIRE((a && b));
  CHECK(a.value() == b.value());
  CHECK(from_bytes == second);
}

TEST_CASE("the memory of an update rule has elements as its parameter has", "[model]") {
  auto m = step.initial_state(constant_initializer{0.5}, 1);
  auto const memory = m[state_like<"momentum">(narrow)];
  CHECK(memory.size() == 80);
  auto const xs = oracle::noise<float>(3 * 9, 1);
  auto const ys = oracle::noise<float>(9, 2);
  REQUIRE(step(m, x = xs, y = ys));
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 2; ++j)
      CHECK(static_cast<double>(m[narrow](i, j)) ==
            Approx(0.5 - 0.01 * static_cast<double>(memory(i, j))));
}

TEST_CASE("models of two programs with the same parameters have the same layout", "[model]") {
  constexpr auto other = training_step<float>(
      [] { return 3.0 * mean_over_batch(abs(sum(x * w * narrow) + sum(cube) * offset - y)); },
      sgd{0.1}, tile<64>);
  auto const a = step.initial_state(he_normal{}, 1);
  auto const b = other.initial_state(he_normal{}, 1);
  for (int i = 0; i < 120; ++i)
    CHECK(&a[w][i] - a.state.data() == &b[w][i] - b.state.data());
  for (int i = 0; i < 80; ++i)
    CHECK(&a[narrow][i] - &a[narrow][0] == &b[narrow][i] - &b[narrow][0]);
  CHECK(oracle::elements_of(b).at("cube") == oracle::elements_of(a).at("cube"));
}
