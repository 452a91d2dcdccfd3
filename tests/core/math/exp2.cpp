// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/exp2.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::exp2(0.0) == 1.0 && m::exp2(10.0f) == 1024.0f &&
              m::exp2(0.5) == 1.4142135623730951);
static_assert(m::exp2(1024.0) == inf_v<double> && m::exp2(inf_v<float>) == inf_v<float>);
static_assert(m::exp2(0x1.fffffep6f) < inf_v<float>);
static_assert(m::exp2(-1074.0) == 0x1p-1074 && m::exp2(-150.0f) == 0.0f &&
              m::exp2(-inf_v<double>) == 0.0);
static_assert(m::log2(1.0) == 0.0 && m::log2(1024.0f) == 10.0f &&
              m::log2(3.0) == 1.584962500721156);
static_assert(m::log2(0.0) == -inf_v<double> && m::log2(inf_v<float>) == inf_v<float>);
static_assert(m::log2(0x1p-1074) == -1074.0 && m::log2(0x1p-149f) == -149.0f);
static_assert(m::isnan(m::exp2(nan_v<double>)) && m::isnan(m::log2(nan_v<float>)) &&
              m::isnan(m::log2(-1.0)));

auto const exp2_of = [](auto x) { return m::exp2(x); };
auto const log2_of = [](auto x) { return m::log2(x); };

}  // namespace

TEMPLATE_TEST_CASE("exp2 and log2 at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(exp2_of, {{0, 1},
                                      {-T(0), 1},
                                      {tiny, 1},
                                      {inf_v<T>, inf_v<T>},
                                      {max, inf_v<T>},
                                      {-inf_v<T>, 0},
                                      {-max, 0},
                                      {nan_v<T>, nan_v<T>},
                                      {-nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(log2_of, {{0, -inf_v<T>},
                                      {-T(0), -inf_v<T>},
                                      {inf_v<T>, inf_v<T>},
                                      {-1, nan_v<T>},
                                      {-tiny, nan_v<T>},
                                      {-inf_v<T>, nan_v<T>},
                                      {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("powers of two and their exponents are exact", "[math]", float, double) {
  using T = TestType;
  using limits = std::numeric_limits<T>;
  std::vector<accuracy::point<T>> powers, exponents;
  for (int e = limits::min_exponent - limits::digits; e < limits::max_exponent; ++e) {
    powers.push_back({static_cast<T>(e), std::ldexp(T(1), e)});
    exponents.push_back({std::ldexp(T(1), e), static_cast<T>(e)});
  }
  accuracy::check_points<T>(exp2_of, powers);
  accuracy::check_points<T>(log2_of, exponents);
}

TEST_CASE("exp2 stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::exp2(x); };
  accuracy::check_range<float>(exp2_of, exact, accuracy::exp2, -155, 130);
  accuracy::check_range<double>(exp2_of, exact, accuracy::exp2, -1080, 1030);
  accuracy::check_range<float>(exp2_of, exact, accuracy::exp2, -1, 1);
  accuracy::check_range<double>(exp2_of, exact, accuracy::exp2, -1, 1);
}

TEST_CASE("log2 stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::log2(x); };
  accuracy::check_range<float>(log2_of, exact, accuracy::log2, 0, 3.5e38);
  accuracy::check_range<double>(log2_of, exact, accuracy::log2, 0, 1.7e308);
  accuracy::check_range<float>(log2_of, exact, accuracy::log2, 0.5, 2);
  accuracy::check_range<double>(log2_of, exact, accuracy::log2, 0.5, 2);
}
