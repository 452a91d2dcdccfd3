// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/root.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::cbrt(27.0) == 3.0 && m::cbrt(-8.0f) == -2.0f &&
              m::cbrt(2.0) == 1.2599210498948732);
static_assert(m::cbrt(0x1p-1074) == 0x1p-358 && m::cbrt(-inf_v<float>) == -inf_v<float>);
static_assert(m::rsqrt(4.0) == 0.5 && m::rsqrt(0.25f) == 2.0f && m::rsqrt(inf_v<double>) == 0.0);
static_assert(m::rsqrt(-0.0) == -inf_v<double> && m::isnan(m::rsqrt(-1.0f)));
static_assert(m::hypot(3.0, 4.0) == 5.0 && m::hypot(-3e30f, 4e30f) == 5e30f);
static_assert(m::hypot(3e-200, -4e-200) == 5e-200 && m::hypot(1e308, 1e308) < inf_v<double>);
static_assert(m::hypot(1.7e308, 1.7e308) == inf_v<double>);
static_assert(m::hypot(nan_v<double>, -inf_v<double>) == inf_v<double>);
static_assert(m::isnan(m::cbrt(nan_v<double>)) && m::isnan(m::rsqrt(nan_v<float>)) &&
              m::isnan(m::hypot(nan_v<float>, 1)));

auto const cbrt_of = [](auto x) { return m::cbrt(x); };
auto const rsqrt_of = [](auto x) { return m::rsqrt(x); };
auto const hypot_of = [](auto x, auto y) { return m::hypot(x, y); };

}  // namespace

TEMPLATE_TEST_CASE("cbrt and rsqrt at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  accuracy::check_points<T>(cbrt_of, {{0, 0},
                                      {-T(0), -T(0)},
                                      {64, 4},
                                      {-T(0.125), -T(0.5)},
                                      {inf_v<T>, inf_v<T>},
                                      {-inf_v<T>, -inf_v<T>},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(rsqrt_of, {{0, inf_v<T>},
                                       {-T(0), -inf_v<T>},
                                       {16, T(0.25)},
                                       {-1, nan_v<T>},
                                       {-tiny, nan_v<T>},
                                       {inf_v<T>, 0},
                                       {-inf_v<T>, nan_v<T>},
                                       {nan_v<T>, nan_v<T>}});
}

TEST_CASE("cbrt stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::cbrt(x); };
  accuracy::check_range<float>(cbrt_of, exact, accuracy::cbrt, -3.4e38, 3.4e38);
  accuracy::check_range<double>(cbrt_of, exact, accuracy::cbrt, -1.7e308, 1.7e308);
  accuracy::check_range<float>(cbrt_of, exact, accuracy::cbrt, 0.5, 4);
  accuracy::check_range<double>(cbrt_of, exact, accuracy::cbrt, 0.5, 4);
  accuracy::check_range<float>(cbrt_of, exact, accuracy::cbrt, -1e-38, 1e-38);
  accuracy::check_range<double>(cbrt_of, exact, accuracy::cbrt, -2e-308, 2e-308);
}

TEST_CASE("rsqrt stays within its bound", "[math]") {
  auto const exact = [](long double x) { return 1 / std::sqrt(x); };
  accuracy::check_range<float>(rsqrt_of, exact, accuracy::rsqrt, 0, 3.4e38);
  accuracy::check_range<double>(rsqrt_of, exact, accuracy::rsqrt, 0, 1.7e308);
  accuracy::check_range<float>(rsqrt_of, exact, accuracy::rsqrt, 1, 4);
  accuracy::check_range<double>(rsqrt_of, exact, accuracy::rsqrt, 1, 4);
}

TEMPLATE_TEST_CASE("hypot stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x, long double y) { return std::hypot(x, y); };
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  double const least = static_cast<double>(std::numeric_limits<T>::min());
  for (double const bound : {1.0, 3.0, 1e12, least, max}) {
    accuracy::check_ranges<T>(hypot_of, exact, accuracy::hypot, -bound, bound, -bound, bound);
  }
  accuracy::check_extremes<T>(hypot_of, [](T x, T y) { return std::hypot(x, y); });
}
