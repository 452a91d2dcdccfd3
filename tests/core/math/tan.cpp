// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/tan.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::tan(0.0) == 0.0 && m::tan(1.0f) == 1.55740772f);
static_assert(m::tan(0.5) == 0.5463024898437905 && m::tan(1e-300) == 1e-300);
static_assert(m::tan(1.5707963267948966) == 1.633123935319537e16);
static_assert(m::isnan(m::tan(inf_v<double>)) && m::isnan(m::tan(nan_v<float>)));

auto const tan_of = [](auto x) { return m::tan(x); };
auto const exact_tan = [](long double x) { return std::tan(x); };

}  // namespace

TEMPLATE_TEST_CASE("tan at its special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  accuracy::check_points<T>(tan_of, {{0, 0},
                                     {-T(0), -T(0)},
                                     {tiny, tiny},
                                     {-tiny, -tiny},
                                     {inf_v<T>, nan_v<T>},
                                     {-inf_v<T>, nan_v<T>},
                                     {nan_v<T>, nan_v<T>}});
}

TEST_CASE("tan stays within its bound", "[math]") {
  for (double const bound : {1.0, 4.0, 1e4, 2e6, 1.7e308}) {
    accuracy::check_range<float>(tan_of, exact_tan, accuracy::tan, -bound, std::min(bound, 3e38));
    accuracy::check_range<double>(tan_of, exact_tan, accuracy::tan, -bound, bound);
  }
}

TEMPLATE_TEST_CASE("tan next to multiples of a quarter turn", "[math]", float, double) {
  using T = TestType;
  std::vector<T> xs;
  for (int k = 1; k < 8000; ++k) {
    T const x = static_cast<T>(static_cast<long double>(k) * 1.57079632679489661923132169164L);
    xs.insert(xs.end(), {std::nextafter(x, T(0)), x, std::nextafter(x, 2 * x), -x});
  }
  while (xs.size() % static_cast<std::size_t>(accuracy::pack<T>::size) != 0) xs.push_back(1);
  auto const worst = accuracy::measure<T>(xs, tan_of, exact_tan);
  CAPTURE(worst.x);
  CHECK(worst.error <= accuracy::for_type<T>(accuracy::tan));
}
