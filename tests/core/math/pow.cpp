// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/pow.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::pow(2.0, 10.0) == 1024.0 && m::pow(10.0f, 2) == 100.0f);
static_assert(m::pow(0.0, 0.0) == 1.0 && m::pow(nan_v<double>, 0.0) == 1.0);
static_assert(m::pow(1.0, nan_v<double>) == 1.0 && m::isnan(m::pow(2.0, nan_v<double>)));
static_assert(m::pow(-2.0, 3.0) == -8.0 && m::isnan(m::pow(-2.0f, 0.5f)));
static_assert(m::pow(0.0, -1.0) == inf_v<double> && m::pow(-0.0, -1.0) == -inf_v<double>);
static_assert(m::pow(2.0, 2000.0) == inf_v<double> && m::pow(1e200, 2.0) == inf_v<double>);
static_assert(m::pow(2.0, -1074.0) == 0x1p-1074 && m::pow(2.0f, -200.0f) == 0.0f);

}  // namespace

TEMPLATE_TEST_CASE("pow follows IEEE 754 at pairs of special points", "[math]", float, double) {
  using T = TestType;
  T const max = std::numeric_limits<T>::max();
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const odd = std::ldexp(T(1), std::numeric_limits<T>::digits) - 1;  // the largest odd number
  std::vector<T> const xs{T(0), -T(0), 1,      -1,   T(0.5),   -T(0.5),   2,   -2,
                          3,    -3,    T(1.5), 4,    inf_v<T>, -inf_v<T>, max, -max,
                          tiny, -tiny, odd,    -odd, odd + 1,  nan_v<T>};
  for (T const x : xs) {
    for (T const y : xs) {
      T const expected = std::pow(x, y);
      CAPTURE(x, y, expected);
      auto const exact = static_cast<long double>(expected);
      CHECK(accuracy::ulps(m::pow(x, y), exact) <= 1);
      CHECK(accuracy::ulps(m::pow(accuracy::pack<T>(x), y)[1], exact) <= 1);
    }
  }
}

TEMPLATE_TEST_CASE("pow(x, 1) and pow(x, 2) are x and x * x", "[math]", float, double) {
  using T = TestType;
  for (T const x : accuracy::points<T>(-1e30, 1e30, 2000)) {
    bool const exact = m::pow(x, 1) == x && m::pow(x, 2) == x * x;
    if (!exact) FAIL_CHECK("pow(x, 1) or pow(x, 2) at x = " << x);
  }
  CHECK(m::pow(T(3), 2) == 9);
}

TEMPLATE_TEST_CASE("pow stays within its bound", "[math]", float, double) {
  using T = TestType;
  constexpr int n = accuracy::pack<T>::size;
  std::mt19937_64 source(7);
  std::uniform_real_distribution<double> unit(0, 1);
  // Exponents of two of the result: the whole range and what lies beyond.
  double const range = std::numeric_limits<T>::max_exponent * 1.1;
  double const bound = accuracy::for_type<T>(accuracy::pow);
  accuracy::worst_case<T> worst;
  T worst_y = 0;
  for (int i = 0; i < 60000 / n; ++i) {
    accuracy::pack<T> x, y;
    for (int j = 0; j < n; ++j) {
      double const e = (unit(source) - 0.5) * 2 * std::numeric_limits<T>::max_exponent;
      double const base = i % 3 == 0   ? std::exp2(e * 0.99)
                          : i % 3 == 1 ? 1 + (unit(source) - 0.5) * 1e-3
                                       : unit(source) * 10 + 0.01;
      x.set(j, static_cast<T>(base));
      y.set(j, static_cast<T>((unit(source) * 2 - 1) * range / std::log2(double{x[j]})));
    }
    auto const r = m::pow(x, y);
    for (int j = 0; j < n; ++j) {
      auto const exact = std::pow(static_cast<long double>(x[j]), static_cast<long double>(y[j]));
      double const before = worst.error;
      worst.add(x[j], r[j], m::pow(x[j], y[j]), exact);
      if (worst.error > before) worst_y = y[j];
    }
  }
  CAPTURE(worst.x, worst_y);
  CHECK(worst.error <= bound);
  CHECK(worst.scalar <= bound);
  CHECK(worst.apart <= accuracy::apart);
}
