// SPDX-License-Identifier: BSL-1.0
//
// The parts of the hand-written reference; the whole of it is checked against the textbook by
// `speed --check`.
#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "simd.hpp"
#include "tile.hpp"

namespace {

using reference::float8;

/// The distance of a float from the true value in units of its last place.
double ulps(float got, double expected) {
  double const ulp = std::ldexp(1.0, std::max(std::ilogb(expected), -126) - 23);
  return std::abs(static_cast<double>(got) - expected) / ulp;
}

float first_lane(float8 v) { return v[0]; }

}  // namespace

TEST_CASE("exp is right to 2 ulp where the result is normal, and clamps beyond") {
  double worst = 0.0;
  for (float x = -87.0f; x < 88.0f; x += 0.0137f)
    worst = std::max(worst, ulps(first_lane(reference::exp(reference::broadcast(x))),
                                 std::exp(static_cast<double>(x))));
  CHECK(worst < 2.0);
  CHECK(first_lane(reference::exp(float8{})) == 1.0f);
  CHECK(first_lane(reference::exp(reference::broadcast(-1000.0f))) < 2e-38f);
  CHECK(std::isfinite(first_lane(reference::exp(reference::broadcast(1000.0f)))));
}

TEST_CASE("log is right to 2 ulp for positive normal numbers") {
  double worst = 0.0;
  for (float x = 1.2e-38f; x < 1e38f; x *= 1.0071f)
    worst = std::max(worst, ulps(first_lane(reference::log(reference::broadcast(x))),
                                 std::log(static_cast<double>(x))));
  CHECK(worst < 2.0);
  CHECK(first_lane(reference::log(reference::broadcast(1.0f))) == 0.0f);
}

TEST_CASE("tanh has a small absolute error") {
  double worst = 0.0;
  for (float x = -20.0f; x < 20.0f; x += 0.0031f)
    worst = std::max(worst, std::abs(double{first_lane(reference::tanh(reference::broadcast(x)))} -
                                     std::tanh(double{x})));
  CHECK(worst < 2e-7);
}

TEST_CASE("every lane takes part in a sum") {
  CHECK(reference::sum(float8{1, 2, 4, 8, 16, 32, 64, 128}) == 255.0f);
  CHECK(reference::sum(reference::float4{1, 2, 4, 8}) == 15.0f);
}

TEST_CASE("transpose swaps rows and columns between any strides") {
  std::vector<float> from(8 * 16), to(8 * 24, -1.0f);
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<float>(i);
  reference::transpose<16, 24>(from.data(), to.data());
  for (std::size_t row = 0; row < 8; ++row) {
    for (std::size_t column = 0; column < 8; ++column)
      REQUIRE(to[column * 24 + row] == from[row * 16 + column]);
    for (std::size_t beyond = 8; beyond < 24; ++beyond) REQUIRE(to[row * 24 + beyond] == -1.0f);
  }
}

TEST_CASE("parts cover every row once and differ by at most one row") {
  auto const parts = []<int Count, int Most>() {
    std::vector<int> sizes;
    int next = 0;
    reference::for_each_part<Count, Most>([&](int first, auto rows) {
      REQUIRE(first == next);
      next += rows;
      sizes.push_back(rows);
    });
    REQUIRE(next == Count);
    return sizes;
  };
  CHECK(parts.operator()<32, 6>() == std::vector{6, 6, 5, 5, 5, 5});
  CHECK(parts.operator()<10, 5>() == std::vector{5, 5});
  CHECK(parts.operator()<3, 5>() == std::vector{3});
  CHECK(parts.operator()<784, 6>().size() == 131);
}

TEST_CASE("accumulate adds a product to what the tile holds") {
  constexpr int rows = 3, steps = 5, row_stride = 7, step_stride = 1, vector_stride = 20;
  std::vector<float> scalars(rows * row_stride), vectors(steps * vector_stride);
  for (std::size_t i = 0; i < scalars.size(); ++i) scalars[i] = static_cast<float>(i % 5) - 2.0f;
  for (std::size_t i = 0; i < vectors.size(); ++i) vectors[i] = static_cast<float>(i % 11) - 4.0f;

  reference::tile<rows> sum;
  for (int row = 0; row < rows; ++row) sum.left[row] = sum.right[row] = float8{} + 100.0f;
  reference::accumulate<steps, row_stride, step_stride, vector_stride>(sum, scalars.data(),
                                                                       vectors.data());
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t lane = 0; lane < 16; ++lane) {
      float expected = 100.0f;
      for (std::size_t step = 0; step < steps; ++step)
        expected += scalars[row * row_stride + step] * vectors[step * vector_stride + lane];
      REQUIRE((lane < 8 ? sum.left[row][lane] : sum.right[row][lane - 8]) == expected);
    }
}
