// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/polygamma.hpp>

#include "check.hpp"
#include "gamma_reference.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::abs(m::polygamma(1, 1.0) - 1.6449340668482264) < 1e-15);
static_assert(m::abs(m::polygamma(2, 1.0f) + 2.40411381f) < 1e-6f);
static_assert(m::polygamma(0, 2.0) == m::digamma(2.0) && m::isnan(m::polygamma(-1, 2.0)));
static_assert(m::polygamma(1, inf_v<double>) == 0.0 && m::polygamma(1, 1e300) == 1e-300);
static_assert(m::polygamma(1, 0.0) == inf_v<double> && m::polygamma(1, -3.0) == inf_v<double> &&
              m::polygamma(2, 0.0f) == -inf_v<float> && m::polygamma(2, -0.0) == inf_v<double> &&
              m::isnan(m::polygamma(2, -1.0)) && m::polygamma(40, 0.1f) == -inf_v<float>);
// Half way between poles what even orders add by reflection is zero, elsewhere it prevails.
static_assert(m::polygamma(40, -0.5f) == -inf_v<float> &&
              m::abs(m::polygamma(36, -2.5) / -2.75459204793e21 - 1) < 1e-11 &&
              m::polygamma(40, -2.4f) == inf_v<float> && m::polygamma(40, -2.6f) == -inf_v<float>);
static_assert(m::isnan(m::polygamma(3, nan_v<float>)) && m::isnan(m::polygamma(3, -inf_v<double>)));

}  // namespace

TEMPLATE_TEST_CASE("polygamma at its special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  for (int const n : {1, 3, 2, 4}) {
    bool const odd = n % 2 != 0;
    T const at_zero = odd ? inf_v<T> : -inf_v<T>;
    T const at_pole = odd ? inf_v<T> : nan_v<T>;
    accuracy::check_points<T>([n](auto x) { return m::polygamma(n, x); },
                              {{0, at_zero},
                               {-T(0), inf_v<T>},
                               {tiny, at_zero},
                               {-tiny, inf_v<T>},
                               {-1, at_pole},
                               {-2, at_pole},
                               {-max, at_pole},
                               {inf_v<T>, odd ? T(0) : -T(0)},
                               {-inf_v<T>, nan_v<T>},
                               {nan_v<T>, nan_v<T>}});
  }
  CHECK(std::isnan(m::polygamma(-1, T(1))));
  CHECK(accuracy::same(m::polygamma(0, accuracy::pack<T>(3))[1], m::digamma(T(3))));
}

TEMPLATE_TEST_CASE("polygamma stays within its bound", "[math]", float, double) {
  using T = TestType;
  for (int const n : {1, 2, 3, 5, 10, 20}) {
    auto const f = [n](auto x) { return m::polygamma(n, x); };
    auto const exact = [n](long double x) { return reference::polygamma(n, x); };
    accuracy::bound const limit{m::polygamma_ulp(n), m::polygamma_ulp(n)};
    for (double const bound : {1.0, 4.0, 40.0}) {
      auto const worst = accuracy::measure<T>(accuracy::points<T>(0.1, bound, 2000), f, exact);
      CAPTURE(n, bound, worst.x);
      CHECK(worst.error <= accuracy::for_type<T>(limit));
      CHECK(worst.scalar <= accuracy::for_type<T>(limit));
      CHECK(worst.apart <= accuracy::for_type<T>(limit));
    }
  }
}

TEMPLATE_TEST_CASE("polygamma where it is very large or small", "[math]", float, double) {
  using T = TestType;
  // Beyond, 1 / x^(n + 1) or its reciprocal leaves the range of a float: n! / x^(n + 1) next to
  // zero and (n - 1)! / x^n far out to its precision.
  for (T const x : {T(1e-12), T(1e-9)}) {
    CHECK(accuracy::ulps(m::polygamma(1, x), 1 / (static_cast<long double>(x) * x)) <= 4);
    CHECK(accuracy::ulps(m::polygamma(2, x), -2 / (static_cast<long double>(x) * x * x)) <= 5);
  }
  for (T const x : {T(1e18), T(1e30)}) {
    CHECK(accuracy::ulps(m::polygamma(1, x), 1 / static_cast<long double>(x)) <= 2);
    CHECK(accuracy::ulps(m::polygamma(2, x), -1 / (static_cast<long double>(x) * x)) <= 3);
  }
}

TEMPLATE_TEST_CASE("polygamma of negative numbers", "[math]", float, double) {
  using T = TestType;
  for (int const n : {1, 2, 3}) {
    auto const exact = [n](long double x) { return reference::polygamma(n, x); };
    auto const size = [n](long double x) {
      long double const q = std::fabs(x - std::round(x));
      return std::max(std::fabs(reference::polygamma(n, 1 - x)),
                      std::fabs(reference::polygamma(n, q)));
    };
    auto const f = [n](auto x) { return m::polygamma(n, x); };
    accuracy::check_scaled<T>(f, exact, size, m::polygamma_ulp(n), -0.6, -0.01, 2000);
    accuracy::check_scaled<T>(f, exact, size, m::polygamma_ulp(n), -30, 0, 2000);
  }
}
