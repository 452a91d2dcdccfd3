// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/log.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::log(1.0) == 0.0 && m::log(1.0f) == 0.0f);
static_assert(m::log(2.0) == 0.6931471805599453 && m::log(10.0f) == 2.30258509f);
static_assert(m::log(0.0) == -inf_v<double> && m::log(-0.0f) == -inf_v<float>);
static_assert(m::isnan(m::log(-1.0)) && m::isnan(m::log(nan_v<float>)) &&
              m::isnan(m::log(-inf_v<float>)));
static_assert(m::log(inf_v<double>) == inf_v<double>);
static_assert(m::log(0x1p-1074) == -744.4400719213812 && m::log(0x1p-149f) == -103.278931f);
static_assert(m::log1p(0.0) == 0.0 && m::log1p(-1.0) == -inf_v<double>);
static_assert(m::isnan(m::log1p(-2.0f)) && m::log1p(1e-300) == 1e-300);

auto const log_of = [](auto x) { return m::log(x); };
auto const log1p_of = [](auto x) { return m::log1p(x); };

}  // namespace

TEMPLATE_TEST_CASE("log and log1p at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(log_of, {{1, 0},
                                     {0, -inf_v<T>},
                                     {-T(0), -inf_v<T>},
                                     {inf_v<T>, inf_v<T>},
                                     {-1, nan_v<T>},
                                     {-tiny, nan_v<T>},
                                     {-max, nan_v<T>},
                                     {-inf_v<T>, nan_v<T>},
                                     {nan_v<T>, nan_v<T>},
                                     {-nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(log1p_of, {{0, 0},
                                       {-T(0), -T(0)},
                                       {tiny, tiny},
                                       {-tiny, -tiny},
                                       {-1, -inf_v<T>},
                                       {-2, nan_v<T>},
                                       {-inf_v<T>, nan_v<T>},
                                       {inf_v<T>, inf_v<T>},
                                       {nan_v<T>, nan_v<T>}});
}

TEST_CASE("log stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::log(x); };
  accuracy::check_range<float>(log_of, exact, accuracy::log, 0, 3.5e38);
  accuracy::check_range<double>(log_of, exact, accuracy::log, 0, 1.7e308);
  accuracy::check_range<float>(log_of, exact, accuracy::log, 0.5, 2);
  accuracy::check_range<double>(log_of, exact, accuracy::log, 0.5, 2);
}

TEST_CASE("log1p stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::log1p(x); };
  accuracy::check_range<float>(log1p_of, exact, accuracy::log1p, -1, 3.4e38);
  accuracy::check_range<double>(log1p_of, exact, accuracy::log1p, -1, 1.7e308);
  accuracy::check_range<float>(log1p_of, exact, accuracy::log1p, -0.75, 2);
  accuracy::check_range<double>(log1p_of, exact, accuracy::log1p, -0.75, 2);
}
