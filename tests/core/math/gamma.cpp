// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/gamma.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::lgamma(1.0) == 0.0 && m::lgamma(2.0f) == 0.0f);
static_assert(m::lgamma(0.5) == 0.5723649429247001 && m::lgamma(10.0f) == 12.8018274f);
static_assert(m::abs(m::lgamma(-0.5f) - 1.26551212f) < 2e-7f && m::lgamma(1e-320) > 736);
static_assert(m::lgamma(0.0) == inf_v<double> && m::lgamma(-3.0f) == inf_v<float> &&
              m::lgamma(-inf_v<double>) == inf_v<double> && m::lgamma(1e306) == inf_v<double>);
static_assert(m::lgamma(0x1.754d9278b51a6p1014) < inf_v<double> &&
              m::lgamma(0x1.895f1ap121f) < inf_v<float>);
static_assert(m::isnan(m::lgamma(nan_v<double>)));

auto const lgamma_of = [](auto x) { return m::lgamma(x); };
auto const exact = [](long double x) { return std::lgamma(x); };

}  // namespace

TEMPLATE_TEST_CASE("lgamma at its special points", "[math]", float, double) {
  using T = TestType;
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(lgamma_of, {{0, inf_v<T>},
                                        {-T(0), inf_v<T>},
                                        {1, 0},
                                        {2, 0},
                                        {-1, inf_v<T>},
                                        {-2, inf_v<T>},
                                        {-1000, inf_v<T>},
                                        {max, inf_v<T>},
                                        {-max, inf_v<T>},
                                        {inf_v<T>, inf_v<T>},
                                        {-inf_v<T>, inf_v<T>},
                                        {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("lgamma stays within its bound", "[math]", float, double) {
  using T = TestType;
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  for (double const bound : {0.5, 3.0, 10.0, 1e3, max}) {
    accuracy::check_range<T>(lgamma_of, exact, accuracy::lgamma, 0, bound);
  }
  for (double const zero : {1.0, 2.0}) {
    for (double const width : {0.3, 1e-3, 1e-6}) {
      accuracy::check_range<T>(lgamma_of, exact, accuracy::lgamma, zero - width, zero + width);
    }
  }
}

TEMPLATE_TEST_CASE("lgamma of negative numbers", "[math]", float, double) {
  using T = TestType;
  // Where the result is small, it is the difference of two numbers of this size.
  auto const size = [](long double x) { return std::max(1.0L, std::lgamma(-x)); };
  for (double const bound : {1e-3, 2.0, 20.0, 1e6}) {
    accuracy::check_scaled<T>(lgamma_of, exact, size, 4, -bound, 0);
  }
  for (T const x : {T(1e-30), T(1e-20), T(1e-8)}) {
    CHECK(accuracy::ulps(m::lgamma(-x), std::lgamma(-static_cast<long double>(x))) <= 2);
  }
}
