// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/trigonometric.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::sin(0.0) == 0.0 && m::cos(0.0f) == 1.0f);
static_assert(m::sin(0.5) == 0.479425538604203 && m::cos(1.0f) == 0.540302306f);
static_assert(m::sin(1e22) == -0.8522008497671888 &&
              m::abs(m::cos(1e22) - 0.5232147853951389) < 2e-16);
static_assert(m::isnan(m::sin(inf_v<double>)) && m::isnan(m::cos(nan_v<float>)));

auto const sin_of = [](auto x) { return m::sin(x); };
auto const cos_of = [](auto x) { return m::cos(x); };
auto const exact_sin = [](long double x) { return std::sin(x); };
auto const exact_cos = [](long double x) { return std::cos(x); };

// The neighbours of the multiples of pi/2, where most of the reduced angle cancels.
template <typename T>
std::vector<T> near_quarter_turns(long double bound) {
  long double const quarter = 1.57079632679489661923132169163975144L;
  std::vector<T> xs;
  for (long double k = 1; k * quarter < bound; k = k < 3000 ? k + 1 : k * 1.001L) {
    T const x = static_cast<T>(std::floor(k) * quarter);
    xs.insert(xs.end(), {std::nextafter(x, T(0)), x, std::nextafter(x, 2 * x), -x});
  }
  while (xs.size() % static_cast<std::size_t>(accuracy::pack<T>::size) != 0) xs.push_back(1);
  return xs;
}

}  // namespace

TEMPLATE_TEST_CASE("sin and cos at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  accuracy::check_points<T>(sin_of, {{0, 0},
                                     {-T(0), -T(0)},
                                     {tiny, tiny},
                                     {-tiny, -tiny},
                                     {inf_v<T>, nan_v<T>},
                                     {-inf_v<T>, nan_v<T>},
                                     {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(cos_of, {{0, 1},
                                     {-T(0), 1},
                                     {tiny, 1},
                                     {inf_v<T>, nan_v<T>},
                                     {-inf_v<T>, nan_v<T>},
                                     {nan_v<T>, nan_v<T>}});
}

TEST_CASE("sin and cos stay within their bounds", "[math]") {
  for (double const bound : {4.0, 1e4, 2e6}) {
    accuracy::check_range<float>(sin_of, exact_sin, accuracy::sin, -bound, bound);
    accuracy::check_range<double>(sin_of, exact_sin, accuracy::sin, -bound, bound);
    accuracy::check_range<float>(cos_of, exact_cos, accuracy::cos, -bound, bound);
    accuracy::check_range<double>(cos_of, exact_cos, accuracy::cos, -bound, bound);
  }
}

TEST_CASE("sin and cos stay within their bounds for the largest arguments", "[math]") {
  accuracy::check_range<float>(sin_of, exact_sin, accuracy::sin, -3.4e38, 3.4e38);
  accuracy::check_range<double>(sin_of, exact_sin, accuracy::sin, -1.7e308, 1.7e308);
  accuracy::check_range<float>(cos_of, exact_cos, accuracy::cos, -3.4e38, 3.4e38);
  accuracy::check_range<double>(cos_of, exact_cos, accuracy::cos, -1.7e308, 1.7e308);
}

TEMPLATE_TEST_CASE("sin and cos next to multiples of a quarter turn", "[math]", float, double) {
  using T = TestType;
  auto const xs = near_quarter_turns<T>(sizeof(T) == 4 ? 2e4L : 2e6L);
  auto const sines = accuracy::measure<T>(xs, sin_of, exact_sin);
  auto const cosines = accuracy::measure<T>(xs, cos_of, exact_cos);
  CAPTURE(sines.x, cosines.x);
  CHECK(sines.error <= accuracy::for_type<T>(accuracy::sin));
  CHECK(cosines.error <= accuracy::for_type<T>(accuracy::cos));
}
