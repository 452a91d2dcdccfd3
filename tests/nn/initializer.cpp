// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/initializer.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using ramp::shape;
using ramp::xoshiro256;

namespace {

struct moments {
  double mean = 0.0, variance = 0.0, smallest = 0.0, largest = 0.0;
};

template <class Initializer>
moments moments_of(Initializer const& initializer, shape const& s, std::uint64_t seed) {
  xoshiro256 generator(seed);
  moments m;
  auto const count = static_cast<double>(s.elements());
  for (int i = 0; i < s.elements(); ++i) {
    auto const x = initializer.template draw<double>(s, generator);
    m.mean += x / count;
    m.variance += x * x / count;
    m.smallest = std::min(m.smallest, x);
    m.largest = std::max(m.largest, x);
  }
  return m;
}

template <class T, class Initializer>
constexpr std::array<T, 4> first_numbers(Initializer const& initializer, shape const& s) {
  xoshiro256 generator(2024);
  std::array<T, 4> numbers{};
  for (T& x : numbers) x = initializer.template draw<T>(s, generator);
  return numbers;
}

// The uniform ones were computed by a program of its own in another language.
constexpr std::array<double, 4> golden_normal = {-0x1.54cb7e155b4e5p-5, 0x1.2fe38977dded5p-3,
                                                 -0x1.6bed98f4cd239p-1, -0x1.885ba5a23c536p-3};
constexpr std::array<double, 4> golden_uniform = {-0x1.7365f29f1819bp-1, 0x1.d7bacd68b8a90p-2,
                                                  -0x1.65cd393b67d45p-1, -0x1.1c824e61a5084p-1};
static_assert(first_numbers<double>(ramp::he_normal{}, shape(6, 3)) == golden_normal);
static_assert(first_numbers<double>(ramp::xavier_uniform{}, shape(6, 3)) == golden_uniform);

}  // namespace

TEST_CASE("a seed gives the same numbers on every platform, at run time as at compile time",
          "[initializer]") {
  CHECK(first_numbers<double>(ramp::he_normal{}, shape(6, 3)) == golden_normal);
  CHECK(first_numbers<double>(ramp::xavier_uniform{}, shape(6, 3)) == golden_uniform);
  auto const normal = first_numbers<float>(ramp::he_normal{}, shape(6, 3));
  auto const uniform = first_numbers<float>(ramp::xavier_uniform{}, shape(6, 3));
  for (std::size_t i = 0; i < 4; ++i) {  // a float is the double, rounded
    CHECK(normal[i] == static_cast<float>(golden_normal[i]));
    CHECK(uniform[i] == static_cast<float>(golden_uniform[i]));
  }
}

TEST_CASE("he_normal has variance 2 / inputs", "[initializer]") {
  for (shape const& s : {shape(300, 100), shape(50, 700), shape(5, 5, 16, 60)}) {
    auto const inputs = static_cast<double>(s.elements() / s[s.rank - 1]);
    auto const m = moments_of(ramp::he_normal{}, s, 7);
    auto const count = static_cast<double>(s.elements());
    // four standard deviations of the estimates
    CHECK(std::abs(m.mean) < 4.0 * std::sqrt(2.0 / inputs / count));
    CHECK(m.variance == Approx(2.0 / inputs).epsilon(4.0 * std::sqrt(2.0 / count)));
    CHECK(m.largest > 3.0 * std::sqrt(2.0 / inputs));
  }
}

TEST_CASE("xavier_uniform fills +-sqrt(6 / (inputs + outputs))", "[initializer]") {
  for (shape const& s : {shape(300, 100), shape(50, 700), shape(5, 5, 16, 60)}) {
    auto const outputs = static_cast<double>(s[s.rank - 1]);
    auto const inputs = static_cast<double>(s.elements()) / outputs;
    double const bound = std::sqrt(6.0 / (inputs + outputs));
    auto const m = moments_of(ramp::xavier_uniform{}, s, 7);
    auto const count = static_cast<double>(s.elements());
    CHECK(std::abs(m.mean) < 4.0 * bound / std::sqrt(3.0 * count));
    CHECK(m.variance == Approx(bound * bound / 3.0).epsilon(4.0 * std::sqrt(0.8 / count)));
    CHECK(m.largest <= bound);
    CHECK(m.smallest >= -bound);
    CHECK(m.largest > 0.999 * bound);
    CHECK(m.smallest < -0.999 * bound);
  }
}

TEST_CASE("vectors and scalars start at zero and take no number from the generator",
          "[initializer]") {
  xoshiro256 generator(1);
  CHECK(ramp::he_normal{}.draw<float>(shape(20), generator) == 0.0f);
  CHECK(ramp::xavier_uniform{}.draw<double>(shape(), generator) == 0.0);
  CHECK(generator == xoshiro256(1));
}

TEST_CASE("constant_initializer is the same number everywhere", "[initializer]") {
  xoshiro256 generator(1);
  CHECK(ramp::constant_initializer{0.25}.draw<float>(shape(3, 3), generator) == 0.25f);
  CHECK(ramp::constant_initializer{-1.5}.draw<double>(shape(), generator) == -1.5);
  CHECK(ramp::constant_initializer{}.draw<double>(shape(4), generator) == 0.0);
  CHECK(generator == xoshiro256(1));
}
