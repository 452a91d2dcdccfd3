// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/inverse_hyperbolic.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::asinh(0.0) == 0.0 && m::asinh(1.0f) == 0.881373587f && m::asinh(1e-310) == 1e-310);
static_assert(m::asinh(-inf_v<double>) == -inf_v<double> && m::asinh(1e308) == 709.889355822726);
static_assert(m::acosh(1.0) == 0.0 && m::acosh(2.0f) == 1.3169579f &&
              m::acosh(inf_v<float>) == inf_v<float>);
static_assert(m::atanh(0.5f) == 0.549306144f && m::atanh(1.0) == inf_v<double> &&
              m::atanh(-1.0f) == -inf_v<float> && m::atanh(-1e-310) == -1e-310);
static_assert(m::isnan(m::asinh(nan_v<float>)) && m::isnan(m::acosh(0.5)) &&
              m::isnan(m::acosh(-3.0)) && m::isnan(m::acosh(nan_v<double>)) &&
              m::isnan(m::atanh(1.5f)) && m::isnan(m::atanh(nan_v<double>)));

auto const asinh_of = [](auto x) { return m::asinh(x); };
auto const acosh_of = [](auto x) { return m::acosh(x); };
auto const atanh_of = [](auto x) { return m::atanh(x); };

}  // namespace

TEMPLATE_TEST_CASE("inverse hyperbolic functions at special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(asinh_of, {{0, 0},
                                       {-T(0), -T(0)},
                                       {tiny, tiny},
                                       {-tiny, -tiny},
                                       {inf_v<T>, inf_v<T>},
                                       {-inf_v<T>, -inf_v<T>},
                                       {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(acosh_of, {{1, 0},
                                       {std::nextafter(T(1), T(0)), nan_v<T>},
                                       {0, nan_v<T>},
                                       {-3, nan_v<T>},
                                       {-max, nan_v<T>},
                                       {inf_v<T>, inf_v<T>},
                                       {-inf_v<T>, nan_v<T>},
                                       {nan_v<T>, nan_v<T>}});
  // atanh(1), which fills the other lanes, is infinite.
  accuracy::check_points<T>([](auto x) { return m::atanh(x - decltype(x)(1)); },
                            {{2, inf_v<T>}, {0, -inf_v<T>}, {3, nan_v<T>}, {-2, nan_v<T>}});
  for (T const x : {T(0), -T(0), tiny, -tiny, std::numeric_limits<T>::min()}) {
    CHECK(accuracy::same(m::atanh(x), x));
    CHECK(accuracy::same(m::atanh(accuracy::pack<T>(x))[1], x));
  }
  CHECK(std::isnan(m::atanh(inf_v<T>)));
  CHECK(std::isnan(m::atanh(accuracy::pack<T>(nan_v<T>))[0]));
}

TEMPLATE_TEST_CASE("asinh stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x) { return std::asinh(x); };
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  for (double const bound : {0.5, 2.0, 1e9, 1e17, max}) {
    accuracy::check_range<T>(asinh_of, exact, accuracy::asinh, -bound, bound);
  }
}

TEMPLATE_TEST_CASE("acosh stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x) { return std::acosh(x); };
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  for (double const bound : {1.0001, 1.5, 4.0, 1e9, 1e17, max}) {
    accuracy::check_range<T>(acosh_of, exact, accuracy::acosh, 1, bound);
  }
}

TEMPLATE_TEST_CASE("atanh stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x) { return std::atanh(x); };
  for (double const bound : {0.1, 0.5, 0.9999999}) {
    accuracy::check_range<T>(atanh_of, exact, accuracy::atanh, -bound, bound);
  }
  accuracy::check_range<T>(atanh_of, exact, accuracy::atanh, 0.999,
                           static_cast<double>(std::nextafter(T(1), T(0))));
}
