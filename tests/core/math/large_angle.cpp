// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/large_angle.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using ramp::math::detail::reduce_large_angle;

TEST_CASE("the double closest to a multiple of a quarter turn is reduced exactly", "[math]") {
  // 6381956970095103 * 2^797 lies 2^-60.9 quarter turns from an even multiple of a quarter turn
  // (Muller, Handbook of Floating-Point Arithmetic, 11.3): the rest is -4.6871659242546277e-19.
  auto const angle = reduce_large_angle(6381956970095103.0 * 0x1p797);
  CHECK(std::fabs(angle.high) == 4.6871659242546277e-19);
  CHECK(angle.quadrant % 2 == 1);
}

TEST_CASE("exact powers of two have the quadrant and the rest of a longer computation", "[math]") {
  // 2^1023 mod 2 pi, from 2 / pi to 1600 bits.
  auto const angle = reduce_large_angle(0x1p1023);
  CHECK(std::sin(0x1p1023) == Approx(angle.quadrant % 4 == 0   ? std::sin(angle.high)
                                     : angle.quadrant % 4 == 1 ? std::cos(angle.high)
                                     : angle.quadrant % 4 == 2 ? -std::sin(angle.high)
                                                               : -std::cos(angle.high))
                                  .epsilon(1e-15));
}

TEST_CASE("what is not finite gives NaN", "[math]") {
  CHECK(std::isnan(reduce_large_angle(ramp::math::format<double>::infinity).high));
  CHECK(std::isnan(reduce_large_angle(ramp::math::format<double>::nan).high));
}
