// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/scalar.hpp>

#include <catch2/catch.hpp>

#include <cmath>

namespace {

namespace m = ramp::math;

static_assert(m::Real<float> && m::Real<double> && !m::Real<int> && !m::Real<long double>);
static_assert(m::select(true, 1.0f, 2) == 1.0f && m::select(false, 1.0, 2) == 2.0);
static_assert(m::max(1.0f, 0) == 1.0f && m::min(1.0f, 0) == 0.0f && m::fma(2.0, 3, 4) == 10.0);
static_assert(m::from_bits(m::to_bits(-1.5f)) == -1.5f && m::from_bits(m::to_bits(0.1)) == 0.1);
static_assert(m::lane_count<double> == 1 && m::get_lane(3.0f, 0) == 3.0f);

}  // namespace

TEST_CASE("max and min give their second argument for NaN and for two zeros", "[math]") {
  float const nan = m::format<float>::nan;
  CHECK(m::max(nan, 1) == 1);
  CHECK(std::isnan(m::max(1.0f, nan)));
  CHECK(m::min(nan, 1) == 1);
  CHECK(std::isnan(m::min(1.0f, nan)));
  CHECK(std::signbit(m::max(0.0f, -0.0f)));
  CHECK_FALSE(std::signbit(m::min(-0.0f, 0.0f)));
}

TEST_CASE("a rounded product is not contracted", "[math]") {
  // Volatile, so that nothing is computed by the compiler.
  double volatile const a = 1 + 0x1p-30;
  double volatile const square = a * a;
  CHECK(m::rounded(a * a) - square == 0);
}
