// SPDX-License-Identifier: BSL-1.0
// Other models than two dense layers, each against the plain evaluation of single samples.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <vector>

#include "oracle.hpp"

using namespace ramp;
using oracle::doubles;
using oracle::labels;
using oracle::noise;

namespace {

constexpr std::size_t count = 37;  // one full tile and a part of another

// three layers, with an extent of every kind: below, at and above the width of a panel
namespace deep {
constexpr auto x = input<"x", 9>;
constexpr auto label = class_label<"label", 4>;
constexpr auto one = relu(dense<"one", 17>(x));
constexpr auto two = tanh(dense<"two", 16>(one));
constexpr auto loss = cross_entropy(dense<"three", 4>(two), label);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.1});
constexpr auto in_double =
    training_step<double>([] { return mean_over_batch(loss); }, sgd{0.1}, tile<10>);
}  // namespace deep

namespace binary {
constexpr auto x = input<"x", 2>;
constexpr auto target = input<"target">;
constexpr auto hidden = tanh(dense<"hidden", 8>(x));
constexpr auto out = dot(hidden, parameter<"w", 8>) + parameter<"b">;
constexpr auto loss = binary_cross_entropy(out, target);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace binary

namespace linear {
constexpr auto x = input<"x", 6>;
constexpr auto label = class_label<"label", 5>;
constexpr auto loss = cross_entropy(dense<"scores", 5>(x), label);
constexpr auto step = training_step<double>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace linear

// inputs of rank 2: a row of the matrix at a time, then all of them together
namespace matrix {
constexpr auto x = input<"x", 3, 5>;
constexpr auto target = input<"target", 2>;
constexpr auto rows = tanh(x * parameter<"shared", 5, 4>);
constexpr auto out = dense<"out", 2>(reshape<12>(rows));
constexpr auto loss = mean_squared_error(out, target);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace matrix

// second derivatives: how steep the loss is in its input
namespace penalty {
constexpr auto x = input<"x", 4>;
constexpr auto target = input<"target">;
constexpr auto hidden = tanh(dense<"hidden", 6>(x));
constexpr auto out = dot(hidden, parameter<"w", 6>);
constexpr auto error = mean_squared_error(out, target);
constexpr auto slope = gradient(error, wrt(x));
constexpr auto loss = error + 0.1 * dot(slope, slope);
constexpr auto step = training_step<double>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace penalty

// several inputs, a vector and a number bound for each call
namespace several {
constexpr auto left = input<"left", 3>;
constexpr auto right = input<"right", 5>;
constexpr auto importance = input<"importance">;
constexpr auto target = input<"target", 4>;
constexpr auto scale = variable<"scale", 4>;
constexpr auto strength = hyperparameter<"strength">;
constexpr auto out = tanh(left * parameter<"a", 3, 4> + right * parameter<"b", 5, 4>);
constexpr auto loss = importance * mean_squared_error(hadamard(scale, out), target) * strength;
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace several

}  // namespace

TEST_CASE("three layers", "[training_step]") {
  using namespace deep;
  auto const in = noise<float>(9 * count, 1);
  auto const kinds = labels<std::uint8_t>(count, 4, 2);
  oracle::check_step(step, loss, {{"x", doubles(in)}, {"label", doubles(kinds)}}, count, 2e-6,
                     x = in, label = kinds);
  oracle::check_step(in_double, loss, {{"x", doubles(in)}, {"label", doubles(kinds)}}, count,
                     1e-13, x = in, label = kinds);
}

TEST_CASE("tanh and binary cross entropy", "[training_step]") {
  using namespace binary;
  auto const in = noise<float>(2 * count, 1);
  auto const out_ = labels<float>(count, 2, 2);
  oracle::check_step(step, loss, {{"x", doubles(in)}, {"target", doubles(out_)}}, count, 2e-6,
                     x = in, target = out_);
}

TEST_CASE("softmax regression: no hidden layer", "[training_step]") {
  using namespace linear;
  auto const in = noise<double>(6 * count, 1);
  auto const kinds = labels<std::int64_t>(count, 5, 2);
  oracle::check_step(step, loss, {{"x", in}, {"label", doubles(kinds)}}, count, 1e-13, x = in,
                     label = kinds);
}

TEST_CASE("inputs of rank 2", "[training_step]") {
  using namespace matrix;
  auto const in = noise<float>(15 * count, 1);
  auto const out_ = noise<float>(2 * count, 2);
  oracle::check_step(step, loss, {{"x", doubles(in)}, {"target", doubles(out_)}}, count, 2e-6,
                     x = in, target = out_);
}

TEST_CASE("a gradient penalty, which takes second derivatives", "[training_step]") {
  using namespace penalty;
  auto const in = noise<double>(4 * count, 1);
  auto const out_ = noise<double>(count, 2);
  oracle::check_step(step, loss, {{"x", in}, {"target", out_}}, count, 1e-12, x = in,
                     target = out_);
}

TEST_CASE("several inputs, and values that all samples share", "[training_step]") {
  using namespace several;
  auto const l = noise<float>(3 * count, 1);
  auto const r = noise<float>(5 * count, 2);
  auto const t = noise<float>(4 * count, 3);
  auto const i = noise<float>(count, 4);
  std::array<float, 4> const factors{0.5f, -1.0f, 2.0f, 1.5f};
  oracle::named_values const data{{"left", doubles(l)},
                                  {"right", doubles(r)},
                                  {"target", doubles(t)},
                                  {"importance", doubles(i)},
                                  {"scale", {0.5, -1.0, 2.0, 1.5}},
                                  {"strength", {0.75}}};
  oracle::check_step(step, loss, data, count, 2e-6, strength = 0.75, left = l, scale = factors,
                     right = r, importance = i, target = t);
  // of a length that is known at run time only, and of another type
  std::vector<double> const long_factors{0.5, -1.0, 2.0, 1.5};
  oracle::check_step(step, loss, data, count, 2e-6, strength = 0.75f, left = l,
                     scale = long_factors, right = r, importance = i, target = t);
}
