// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/erf.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::erf(0.0) == 0.0 && m::erf(inf_v<double>) == 1.0);
static_assert(m::erf(-inf_v<float>) == -1.0f);
static_assert(m::erf(0.5) == 0.5204998778130465 && m::erf(4.0f) == 1.0f);
static_assert(m::erfc(0.0) == 1.0 && m::erfc(inf_v<float>) == 0.0f &&
              m::erfc(-inf_v<double>) == 2.0);
static_assert(m::erfc(27.0) > 0.0 && m::erfc(27.0) < 0x1p-1000);
static_assert(m::normal_cdf(0.0) == 0.5 && m::normal_cdf(-38.0) > 0.0);
static_assert(m::normal_pdf(0.0) == 0.3989422804014327);
static_assert(m::isnan(m::erf(nan_v<float>)) && m::isnan(m::erfc(nan_v<double>)) &&
              m::isnan(m::normal_cdf(nan_v<double>)) && m::isnan(m::normal_pdf(nan_v<float>)));

auto const erf_of = [](auto x) { return m::erf(x); };
auto const erfc_of = [](auto x) { return m::erfc(x); };
auto const normal_pdf_of = [](auto x) { return m::normal_pdf(x); };
auto const normal_cdf_of = [](auto x) { return m::normal_cdf(x); };

}  // namespace

TEMPLATE_TEST_CASE("erf and its kin at their special points", "[math]", float, double) {
  using T = TestType;
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(erf_of, {{0, 0},
                                     {-T(0), -T(0)},
                                     {max, 1},
                                     {-max, -1},
                                     {inf_v<T>, 1},
                                     {-inf_v<T>, -1},
                                     {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(erfc_of, {{0, 1},
                                      {-T(0), 1},
                                      {max, 0},
                                      {-max, 2},
                                      {inf_v<T>, 0},
                                      {-inf_v<T>, 2},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(normal_cdf_of, {{0, T(0.5)},
                                            {-T(0), T(0.5)},
                                            {max, 1},
                                            {-max, 0},
                                            {inf_v<T>, 1},
                                            {-inf_v<T>, 0},
                                            {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(
      normal_pdf_of, {{max, 0}, {-max, 0}, {inf_v<T>, 0}, {-inf_v<T>, 0}, {nan_v<T>, nan_v<T>}});
}

TEST_CASE("erf stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::erf(x); };
  accuracy::check_range<float>(erf_of, exact, accuracy::erf, -5, 5);
  accuracy::check_range<double>(erf_of, exact, accuracy::erf, -7, 7);
  accuracy::check_range<float>(erf_of, exact, accuracy::erf, 0.8, 1.4);
  accuracy::check_range<double>(erf_of, exact, accuracy::erf, 0.8, 1.4);
}

TEST_CASE("erfc stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::erfc(x); };
  accuracy::check_range<float>(erfc_of, exact, accuracy::erfc, -5, 11);
  accuracy::check_range<double>(erfc_of, exact, accuracy::erfc, -7, 28);
  accuracy::check_range<float>(erfc_of, exact, accuracy::erfc, 0.3, 1);
  accuracy::check_range<double>(erfc_of, exact, accuracy::erfc, 0.3, 1);
}

TEST_CASE("the normal distribution stays within its bounds", "[math]") {
  auto const density = [](long double x) {
    return 0.398942280401432677939946059934381868L * std::exp(-x * x / 2);
  };
  auto const distribution = [](long double x) {
    return std::erfc(-0.707106781186547524400844362104849039L * x) / 2;
  };
  accuracy::check_range<float>(normal_pdf_of, density, accuracy::normal_pdf, -15, 15);
  accuracy::check_range<double>(normal_pdf_of, density, accuracy::normal_pdf, -39, 39);
  accuracy::check_range<float>(normal_cdf_of, distribution, accuracy::normal_cdf, -15, 7);
  accuracy::check_range<double>(normal_cdf_of, distribution, accuracy::normal_cdf, -39, 10);
}
