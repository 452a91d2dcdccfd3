// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/digamma.hpp>

#include "check.hpp"
#include "gamma_reference.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

// The zero of digamma.
constexpr double zero = 1.4616321449683623;

static_assert(m::abs(m::digamma(1.0) + 0.5772156649015329) < 2e-16);
static_assert(m::digamma(0.0) == -inf_v<double> && m::digamma(-0.0f) == inf_v<float> &&
              m::digamma(1e-320) == -inf_v<double> && m::digamma(inf_v<double>) == inf_v<double>);
static_assert(m::abs(m::digamma(-0.5f) - 0.0364899740f) < 2e-7f && m::digamma(1e300) > 690);
static_assert(m::isnan(m::digamma(-1.0)) && m::isnan(m::digamma(-inf_v<float>)) &&
              m::isnan(m::digamma(nan_v<double>)));

auto const digamma_of = [](auto x) { return m::digamma(x); };

}  // namespace

TEMPLATE_TEST_CASE("digamma at its special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(digamma_of, {{0, -inf_v<T>},
                                         {-T(0), inf_v<T>},
                                         {tiny, -inf_v<T>},
                                         {-tiny, inf_v<T>},
                                         {-1, nan_v<T>},
                                         {-2, nan_v<T>},
                                         {-max, nan_v<T>},
                                         {inf_v<T>, inf_v<T>},
                                         {-inf_v<T>, nan_v<T>},
                                         {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("digamma stays within its bound", "[math]", float, double) {
  using T = TestType;
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  for (double const bound : {1.0, 5.0, 30.0, max}) {
    accuracy::check_range<T>(digamma_of, reference::digamma, accuracy::digamma, 0, bound);
  }
  for (double const width : {0.4, 1e-3, 1e-6}) {
    accuracy::check_range<T>(digamma_of, reference::digamma, accuracy::digamma, zero - width,
                             zero + width);
  }
  for (T const x : {static_cast<T>(zero), std::nextafter(static_cast<T>(zero), T(2))}) {
    CHECK(accuracy::ulps(m::digamma(x), reference::digamma(x)) <= 1);
  }
}

TEMPLATE_TEST_CASE("digamma of negative numbers", "[math]", float, double) {
  using T = TestType;
  // Where the result is small, it is the difference of two numbers of this size.
  auto const size = [](long double x) {
    return std::max(1.0L, std::fabs(reference::digamma(std::fabs(x))));
  };
  for (double const bound : {1e-3, 2.0, 20.0, 1e6}) {
    accuracy::check_scaled<T>(digamma_of, reference::digamma, size, 6, -bound, 0);
  }
}
