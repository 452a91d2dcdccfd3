// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/random.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

namespace {

// The published test vectors of both generators.
static_assert([] {
  ramp::splitmix64 source(1234567);
  for (std::uint64_t const expected :
       {6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u})
    if (source() != expected) return false;
  return true;
}());
static_assert([] {
  ramp::xoshiro256 source(ramp::xoshiro256::state_type{1, 2, 3, 4});
  for (std::uint64_t const expected :
       {std::uint64_t{11520}, std::uint64_t{0}, std::uint64_t{1509978240},
        std::uint64_t{1215971899390074240}})
    if (source() != expected) return false;
  return true;
}());

/// A 256 x 256 matrix over the field of two elements; column j is what bit j becomes.
struct bit_matrix {
  std::array<std::array<std::uint64_t, 4>, 256> columns{};

  [[nodiscard]] std::array<std::uint64_t, 4> apply(std::array<std::uint64_t, 4> const& v) const {
    std::array<std::uint64_t, 4> sum{};
    for (std::size_t j = 0; j < 256; ++j)
      if ((v[j / 64] >> (j % 64) & 1u) != 0)
        for (std::size_t i = 0; i < 4; ++i) sum[i] ^= columns[j][i];
    return sum;
  }
};

}  // namespace

TEST_CASE("jump is the 2^128-th power of one step", "[random]") {
  // One step is linear in the bits of the state, so squaring its matrix 128 times is the jump.
  auto power = std::make_unique<bit_matrix>();
  for (std::size_t j = 0; j < 256; ++j) {
    ramp::xoshiro256::state_type bit{};
    bit[j / 64] = std::uint64_t{1} << (j % 64);
    ramp::xoshiro256 generator(bit);
    static_cast<void>(generator());
    power->columns[j] = generator.state();
  }
  for (int i = 0; i < 128; ++i) {
    auto square = std::make_unique<bit_matrix>();
    for (std::size_t j = 0; j < 256; ++j) square->columns[j] = power->apply(power->columns[j]);
    power = std::move(square);
  }
  for (std::uint64_t seed : {0u, 1u, 42u}) {
    ramp::xoshiro256 generator(seed);
    auto const expected = power->apply(generator.state());
    generator.jump();
    CHECK(generator.state() == expected);
  }
}

TEST_CASE("uniform numbers lie in [0, 1) and reach every part of it", "[random]") {
  ramp::xoshiro256 generator(7);
  double sum = 0.0;
  double sum_of_squares = 0.0;
  float smallest = 1.0f;
  float largest = 0.0f;
  constexpr int count = 100'000;
  for (int i = 0; i < count; ++i) {
    auto const x = ramp::uniform<double>(generator);
    auto const y = ramp::uniform<float>(generator);
    sum += x;
    sum_of_squares += x * x;
    smallest = std::min(smallest, y);
    largest = std::max(largest, y);
  }
  // five standard deviations of the mean, 1/sqrt(12 n), and of the mean square, sqrt(4/45 n)
  CHECK(std::abs(sum / count - 0.5) < 5.0 * std::sqrt(1.0 / 12.0 / count));
  CHECK(std::abs(sum_of_squares / count - 1.0 / 3.0) < 5.0 * std::sqrt(4.0 / 45.0 / count));
  CHECK(smallest >= 0.0f);
  CHECK(smallest < 1e-3f);
  CHECK(largest < 1.0f);
  CHECK(largest > 0.999f);

  struct all_ones {
    constexpr std::uint64_t operator()() const { return ~std::uint64_t{0}; }
  } ones;
  CHECK(ramp::uniform<float>(ones) == 1.0f - 0x1p-24f);
  CHECK(ramp::uniform<double>(ones) == 1.0 - 0x1p-53);
}

TEST_CASE("uniform_below is unbiased and covers its range", "[random]") {
  ramp::xoshiro256 generator(11);
  CHECK(ramp::uniform_below(1, generator) == 0);
  for (std::uint64_t bound : {2u, 3u, 10u, 48u, 64u}) {
    std::vector<int> histogram(static_cast<std::size_t>(bound), 0);
    constexpr int per_value = 2000;
    for (std::uint64_t i = 0; i < bound * per_value; ++i)
      ++histogram[static_cast<std::size_t>(ramp::uniform_below(bound, generator))];
    double chi_squared = 0.0;
    for (int const n : histogram)
      chi_squared += (n - per_value) * static_cast<double>(n - per_value) / per_value;
    // mean d, variance 2d for d = bound - 1; five standard deviations
    auto const d = static_cast<double>(bound - 1);
    CHECK(chi_squared < d + 5.0 * std::sqrt(2.0 * d));
  }
  // a bound of just over half of all numbers: a plain remainder would make the low half twice as
  // likely as the high half
  constexpr auto bound = (std::uint64_t{1} << 63) + 1;
  int low = 0;
  for (int i = 0; i < 10'000; ++i) low += ramp::uniform_below(bound, generator) < bound / 2 ? 1 : 0;
  CHECK(std::abs(low - 5000) < 250);
}

TEMPLATE_TEST_CASE("normal numbers follow the normal distribution", "[random]", float, double) {
  ramp::xoshiro256 generator(3);
  constexpr int count = 200'000;
  std::vector<double> numbers(count);
  for (auto& x : numbers) x = static_cast<double>(ramp::normal<TestType>(generator));
  double mean = 0.0;
  double square = 0.0;
  double fourth = 0.0;
  for (double const x : numbers) {
    mean += x / count;
    square += x * x / count;
    fourth += x * x * x * x / count;
  }
  // five standard deviations: Var x = 1, Var x^2 = 2, Var x^4 = 96
  auto const deviation = 5.0 / std::sqrt(static_cast<double>(count));
  CHECK(std::abs(mean) < deviation);
  CHECK(std::abs(square - 1.0) < deviation * std::sqrt(2.0));
  CHECK(std::abs(fourth - 3.0) < deviation * std::sqrt(96.0));

  // Kolmogorov-Smirnov: the largest distance to the distribution function, 0.1 % level 1.95/sqrt(n)
  std::sort(numbers.begin(), numbers.end());
  double distance = 0.0;
  for (int i = 0; i < count; ++i) {
    auto const expected = 0.5 * std::erfc(-numbers[static_cast<std::size_t>(i)] / std::sqrt(2.0));
    distance = std::max(distance, std::abs(expected - (i + 0.5) / count));
  }
  CHECK(distance < 1.95 / std::sqrt(static_cast<double>(count)));
  CHECK(numbers.front() < -3.8);
  CHECK(numbers.back() > 3.8);
}

TEST_CASE("the cost that normal() states", "[random]") {
  struct counting {
    ramp::xoshiro256 source{5};
    long calls = 0;
    constexpr std::uint64_t operator()() { return ++calls, source(); }
  } generator;
  constexpr int count = 20'000;
  for (int i = 0; i < count; ++i) static_cast<void>(ramp::normal<float>(generator));
  auto const average = static_cast<double>(generator.calls) / count;
  INFO("calls of the generator for one number: " << average);
  CHECK(average == Approx(17.6).margin(0.3));
}

TEST_CASE("the same numbers in constant expressions and at run time", "[random]") {
  auto const draw = [] {
    ramp::xoshiro256 generator(2024);
    std::array<double, 24> numbers{};
    for (std::size_t i = 0; i < numbers.size(); i += 3) {
      numbers[i] = ramp::normal<double>(generator);
      numbers[i + 1] = static_cast<double>(ramp::normal<float>(generator));
      numbers[i + 2] = ramp::uniform<double>(generator);
    }
    return numbers;
  };
  static constexpr auto constant = draw();
  CHECK(draw() == constant);
  // what every platform must give: a change of these is a change of every seeded result
  CHECK(constant[0] == -0x1.272314b15ee5p-4);
  CHECK(constant[1] == 0x1.072ce8p-2);
}

TEST_CASE("shuffle makes every order equally likely", "[random]") {
  ramp::xoshiro256 generator(13);
  std::array<int, 24> counts{};
  constexpr int per_order = 1000;
  for (int i = 0; i < 24 * per_order; ++i) {
    std::array<int, 4> items = {0, 1, 2, 3};
    ramp::shuffle(std::span<int>(items), generator);
    // the rank of a permutation
    std::size_t rank = 0;
    for (std::size_t a = 0; a < 4; ++a) {
      std::size_t smaller = 0;
      for (std::size_t b = a + 1; b < 4; ++b) smaller += items[b] < items[a] ? 1u : 0u;
      rank = rank * (4 - a) + smaller;
    }
    ++counts.at(rank);
  }
  double chi_squared = 0.0;
  for (int const n : counts)
    chi_squared += (n - per_order) * static_cast<double>(n - per_order) / per_order;
  CHECK(chi_squared < 23.0 + 5.0 * std::sqrt(46.0));

  std::array<int, 1> one = {5};
  ramp::shuffle(std::span<int>(one), generator);
  CHECK(one[0] == 5);
  ramp::shuffle(std::span<int>{}, generator);
}
