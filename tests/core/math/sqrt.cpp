// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/sqrt.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::sqrt(2.0) == 1.4142135623730951 && m::sqrt(3.0f) == 1.73205081f);
static_assert(m::sqrt(4.0) == 2.0 && m::sqrt(0x1p-1074) == 0x1p-537 && m::sqrt(0.0f) == 0.0f);
static_assert(m::sqrt(inf_v<double>) == inf_v<double> && m::sqrt(-1.0) != m::sqrt(-1.0));
static_assert(m::sqrt(0x1.fffffffffffffp1023) == 0x1.fffffffffffffp511);

}  // namespace

TEMPLATE_TEST_CASE("sqrt at its special points", "[math]", float, double) {
  using T = TestType;
  accuracy::check_points<T>([](auto x) { return m::sqrt(x); }, {{0, 0},
                                                                {-T(0), -T(0)},
                                                                {4, 2},
                                                                {-1, nan_v<T>},
                                                                {-inf_v<T>, nan_v<T>},
                                                                {inf_v<T>, inf_v<T>},
                                                                {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("sqrt is correctly rounded", "[math]", float, double) {
  using T = TestType;
  for (T const x : accuracy::points<T>(0, 3.4e38, 5000)) {
    bool const good =
        m::sqrt(x) == std::sqrt(x) && m::sqrt(accuracy::pack<T>(x))[0] == std::sqrt(x);
    if (!good) FAIL_CHECK("sqrt(" << x << ")");
  }
  CHECK(m::sqrt(T(9)) == 3);
}

TEST_CASE("the square root of constant evaluation is the instruction's", "[math]") {
  // The same function, run here: the last bit is decided by an exact comparison, so the squares of
  // numbers half way between two neighbours and what lies next to them are the hard cases.
  std::mt19937_64 source(3);
  int wrong = 0;
  auto const check = [&](double x) { wrong += m::detail::constant_sqrt(x) != std::sqrt(x); };
  for (double const x : accuracy::points<double>(0, 1.7e308, 40000)) {
    if (x > 0) check(x);
  }
  for (int i = 0; i < 40000; ++i) {
    double const r = 1 + static_cast<double>(source() >> 12) * 0x1p-52;
    double const middle = static_cast<double>((r + 0x1p-53L) * (r + 0x1p-53L));
    check(middle);
    check(std::nextafter(middle, 0));
    check(std::nextafter(middle, 8));
    check(r * r);
  }
  CHECK(wrong == 0);
}
