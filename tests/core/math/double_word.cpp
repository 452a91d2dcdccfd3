// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/double_word.hpp>

#include <catch2/catch.hpp>

#include <random>

#include <ramp/backend/pack.hpp>

using ramp::math::detail::ordered_sum;
using ramp::math::detail::two_product;
using ramp::math::detail::two_sum;

static_assert(two_product(0x1.0000001p0, 0x1.0000001p0).low == 0x1p-56);
static_assert(ordered_sum(1.0, 0x1p-60).low == 0x1p-60);
static_assert(two_sum(0x1p-60, 1.0).low == 0x1p-60 && two_sum(1.0, 0x1p-60).high == 1.0);

TEST_CASE("a product of floats in two words is exact", "[math]") {
  using pack = ramp::backend::native_pack<float>;
  std::mt19937 source(1);
  std::uniform_real_distribution<float> range(-100, 100);
  int wrong = 0;
  for (int i = 0; i < 20000; ++i) {
    float const a = range(source);
    float const b = range(source);
    double const exact = static_cast<double>(a) * static_cast<double>(b);
    auto const scalar = two_product(a, b);
    auto const lanes = two_product(pack(a), pack(b));
    wrong += static_cast<double>(scalar.high) + static_cast<double>(scalar.low) != exact;
    wrong += static_cast<double>(lanes.high[1]) + static_cast<double>(lanes.low[1]) != exact;
    wrong += scalar.high != a * b;
  }
  CHECK(wrong == 0);
}
