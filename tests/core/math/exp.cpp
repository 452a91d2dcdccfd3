// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/exp.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::exp(0.0) == 1.0 && m::exp(-0.0f) == 1.0f);
static_assert(m::exp(1.0f) == 2.71828183f);
static_assert(m::exp(1000.0) == inf_v<double> && m::exp(inf_v<float>) == inf_v<float>);
static_assert(m::exp(-1000.0) == 0.0 && m::exp(-inf_v<float>) == 0.0f);
static_assert(m::exp(-745.0) == 0x1p-1074 && m::exp(-103.0f) == 0x1p-149f);
static_assert(m::exp(nan_v<double>) != m::exp(nan_v<double>));
static_assert(m::exp(0x1.62e42fefa39efp9) < inf_v<double> && m::exp(0x1.62e42ep6f) < inf_v<float>);
static_assert(m::expm1(0.0) == 0.0 && m::expm1(-inf_v<double>) == -1.0);
static_assert(m::expm1(1e-300) == 1e-300 && m::expm1(0x1p-149f) == 0x1p-149f);
static_assert(m::expm1(1000.0) == inf_v<double> && m::expm1(nan_v<float>) != 0.0f);

auto const exp_of = [](auto x) { return m::exp(x); };
auto const expm1_of = [](auto x) { return m::expm1(x); };

}  // namespace

TEMPLATE_TEST_CASE("exp and expm1 at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(exp_of, {{0, 1},
                                     {-T(0), 1},
                                     {tiny, 1},
                                     {inf_v<T>, inf_v<T>},
                                     {max, inf_v<T>},
                                     {-inf_v<T>, 0},
                                     {-max, 0},
                                     {nan_v<T>, nan_v<T>},
                                     {-nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(expm1_of, {{0, 0},
                                       {-T(0), -T(0)},
                                       {tiny, tiny},
                                       {-tiny, -tiny},
                                       {inf_v<T>, inf_v<T>},
                                       {max, inf_v<T>},
                                       {-inf_v<T>, -1},
                                       {-max, -1},
                                       {-50, -1},
                                       {nan_v<T>, nan_v<T>}});
}

TEST_CASE("exp stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::exp(x); };
  accuracy::check_range<float>(exp_of, exact, accuracy::exp, -110, 95);
  accuracy::check_range<double>(exp_of, exact, accuracy::exp, -750, 715);
  accuracy::check_range<float>(exp_of, exact, accuracy::exp, -1, 1);
  accuracy::check_range<double>(exp_of, exact, accuracy::exp, -1, 1);
}

TEST_CASE("expm1 stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::expm1(x); };
  accuracy::check_range<float>(expm1_of, exact, accuracy::expm1, -20, 95);
  accuracy::check_range<double>(expm1_of, exact, accuracy::expm1, -45, 715);
  accuracy::check_range<float>(expm1_of, exact, accuracy::expm1, -1, 1);
  accuracy::check_range<double>(expm1_of, exact, accuracy::expm1, -1, 1);
}
