// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/inverse_trigonometric.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

constexpr double pi = 3.141592653589793;

static_assert(m::asin(1.0) == pi / 2 && m::asin(-1.0f) == -1.57079633f && m::asin(0.0) == 0.0);
static_assert(m::acos(1.0) == 0.0 && m::acos(-1.0) == pi && m::acos(0.0f) == 1.57079633f);
static_assert(m::abs(m::asin(0.25) - 0.25268025514207865) < 1e-16 &&
              m::abs(m::acos(-0.75) - 2.418858405776378) < 1e-15);
static_assert(m::atan(1.0) == pi / 4 && m::atan(-inf_v<double>) == -pi / 2 &&
              m::atan(1e-310) == 1e-310);
static_assert(m::atan2(0.0, 1.0) == 0.0 && m::atan2(0.0, -0.0) == pi && m::atan2(-1.0, 0.0) < -1);
static_assert(m::atan2(inf_v<double>, -inf_v<double>) == 3 * pi / 4);
static_assert(m::atan2(1.7e308, 1.7e308) == pi / 4 && m::atan2(1.0f, -inf_v<float>) > 3.14f);
static_assert(m::isnan(m::asin(1.5)) && m::isnan(m::acos(inf_v<float>)) &&
              m::isnan(m::atan(nan_v<double>)) && m::isnan(m::atan2(nan_v<float>, 1)));

auto const asin_of = [](auto x) { return m::asin(x); };
auto const acos_of = [](auto x) { return m::acos(x); };
auto const atan_of = [](auto x) { return m::atan(x); };
auto const atan2_of = [](auto y, auto x) { return m::atan2(y, x); };

}  // namespace

TEMPLATE_TEST_CASE("asin, acos and atan at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  T const above = std::nextafter(T(1), T(2));
  accuracy::check_points<T>(asin_of, {{0, 0},
                                      {-T(0), -T(0)},
                                      {tiny, tiny},
                                      {-tiny, -tiny},
                                      {1, static_cast<T>(pi / 2)},
                                      {-1, static_cast<T>(-pi / 2)},
                                      {above, nan_v<T>},
                                      {-above, nan_v<T>},
                                      {inf_v<T>, nan_v<T>},
                                      {-inf_v<T>, nan_v<T>},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(acos_of, {{0, static_cast<T>(pi / 2)},
                                      {-T(0), static_cast<T>(pi / 2)},
                                      {tiny, static_cast<T>(pi / 2)},
                                      {1, 0},
                                      {-1, static_cast<T>(pi)},
                                      {above, nan_v<T>},
                                      {-above, nan_v<T>},
                                      {inf_v<T>, nan_v<T>},
                                      {-inf_v<T>, nan_v<T>},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(atan_of, {{0, 0},
                                      {-T(0), -T(0)},
                                      {tiny, tiny},
                                      {-tiny, -tiny},
                                      {1, static_cast<T>(pi / 4)},
                                      {max, static_cast<T>(pi / 2)},
                                      {inf_v<T>, static_cast<T>(pi / 2)},
                                      {-inf_v<T>, static_cast<T>(-pi / 2)},
                                      {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("asin and acos stay within their bounds", "[math]", float, double) {
  using T = TestType;
  auto const exact_asin = [](long double x) { return std::asin(x); };
  auto const exact_acos = [](long double x) { return std::acos(x); };
  accuracy::check_range<T>(asin_of, exact_asin, accuracy::asin, -1, 1);
  accuracy::check_range<T>(acos_of, exact_acos, accuracy::acos, -1, 1);
  accuracy::check_range<T>(asin_of, exact_asin, accuracy::asin, 0.45, 0.55);
  accuracy::check_range<T>(acos_of, exact_acos, accuracy::acos, 0.45, 0.55);
  accuracy::check_range<T>(acos_of, exact_acos, accuracy::acos, 0.999, 1);
}

TEMPLATE_TEST_CASE("atan stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x) { return std::atan(x); };
  for (double const bound : {0.6, 1.1, 3.0, 1e38}) {
    accuracy::check_range<T>(atan_of, exact, accuracy::atan, -bound, bound);
  }
}

TEMPLATE_TEST_CASE("atan2 stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double y, long double x) { return std::atan2(y, x); };
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  double const least = static_cast<double>(std::numeric_limits<T>::min());
  for (double const bound : {1.0, 3.0, 1e12, least, max}) {
    accuracy::check_ranges<T>(atan2_of, exact, accuracy::atan2, -bound, bound, -bound, bound);
  }
  accuracy::check_ranges<T>(atan2_of, exact, accuracy::atan2, 1, 2, 1, 4);
  accuracy::check_extremes<T>(atan2_of, [](T y, T x) { return std::atan2(y, x); });
}
