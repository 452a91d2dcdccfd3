// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/log_space.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::logit(0.5) == 0.0 && m::logit(0.25f) == -1.09861229f);
static_assert(m::logit(0.0) == -inf_v<double> && m::logit(1.0f) == inf_v<float>);
static_assert(m::logit(0x1p-1074) == -744.4400719213812 && m::isnan(m::logit(1.5)) &&
              m::isnan(m::logit(-inf_v<double>)) && m::isnan(m::logit(nan_v<float>)));
static_assert(m::logaddexp(0.0, 0.0) == 0.6931471805599453);
static_assert(m::logaddexp(1e308, -1e308) == 1e308 && m::logaddexp(-1000.0f, -2000.0f) == -1000.0f);
static_assert(m::logaddexp(inf_v<double>, inf_v<double>) == inf_v<double> &&
              m::logaddexp(-inf_v<double>, -inf_v<double>) == -inf_v<double> &&
              m::logaddexp(inf_v<float>, -inf_v<float>) == inf_v<float> &&
              m::isnan(m::logaddexp(nan_v<float>, 1)));
static_assert(m::xlogy(0.0, 0.0) == 0.0 && m::xlogy(2.0, 1.0) == 0.0 &&
              m::xlogy(0.0f, inf_v<float>) == 0.0f && m::xlogy(0.0, -1.0) == 0.0);
static_assert(m::xlogy(1e308, 1e308) == inf_v<double> && m::xlogy(2.0, 0.0) == -inf_v<double>);
static_assert(m::isnan(m::xlogy(0.0, nan_v<double>)) && m::isnan(m::xlogy(1.0f, -1.0f)));

static_assert(m::log_normal_cdf(0.0) == -0.6931471805599453 &&
              m::log_normal_cdf(inf_v<float>) == 0.0f && m::log_normal_cdf(40.0) == 0.0);
static_assert(m::log_normal_cdf(-inf_v<double>) == -inf_v<double> &&
              m::log_normal_cdf(-1e200) == -inf_v<double> && m::log_normal_cdf(-1e154) == -5e307 &&
              m::log_normal_cdf(-40.0f) == -804.608442f);
static_assert(m::isnan(m::log_normal_cdf(nan_v<float>)));

static_assert(m::inverse_mills(0.0) == 0.7978845608028654 &&
              m::inverse_mills(inf_v<float>) == 0.0f && m::inverse_mills(-1e300) == 1e300);
static_assert(m::inverse_mills(-inf_v<double>) == inf_v<double> &&
              m::isnan(m::inverse_mills(nan_v<float>)));

auto const inverse_mills_of = [](auto x) { return m::inverse_mills(x); };
auto const log_normal_cdf_of = [](auto x) { return m::log_normal_cdf(x); };
auto const logit_of = [](auto x) { return m::logit(x); };
auto const logaddexp_of = [](auto x, auto y) { return m::logaddexp(x, y); };
auto const xlogy_of = [](auto x, auto y) { return m::xlogy(x, y); };

long double exact_logit(long double x) {
  return x < 0.25L ? std::log(x) - std::log1p(-x) : std::log1p((2 * x - 1) / (1 - x));
}

constexpr long double inverse_sqrt2 = 0.707106781186547524400844362104849039L;
constexpr long double sqrt_two_pi = 2.506628274631000502415765284811045253L;

// Below -20 the normal distribution function is the density times -(1 + series) / x.
long double series_of_tail(long double x) {
  long double const w = 1 / (x * x);
  long double series = 0;  // -w + 3 w^2 - 15 w^3 + ...
  for (int k = 12; k >= 1; --k) series = -w * static_cast<long double>(2 * k - 1) * (1 + series);
  return series;
}

long double exact_log_normal_cdf(long double x) {
  if (x > 0) return std::log1p(-std::erfc(inverse_sqrt2 * x) / 2);
  if (x > -20) return std::log(std::erfc(-inverse_sqrt2 * x) / 2);
  return -x * x / 2 - std::log(-x * sqrt_two_pi) + std::log1p(series_of_tail(x));
}

long double exact_inverse_mills(long double x) {
  if (x <= -20) return -x / (1 + series_of_tail(x));
  return std::exp(-x * x / 2) / sqrt_two_pi / (std::erfc(-inverse_sqrt2 * x) / 2);
}

long double exact_logaddexp(long double a, long double b) {
  return a == b ? a + 0.693147180559945309417232121458L
                : std::max(a, b) + std::log1p(std::exp(-std::fabs(a - b)));
}

}  // namespace

TEMPLATE_TEST_CASE("logit at its special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  accuracy::check_points<T>(logit_of, {{0, -inf_v<T>},
                                       {-T(0), -inf_v<T>},
                                       {T(0.5), 0},
                                       {1, inf_v<T>},
                                       {2, nan_v<T>},
                                       {-tiny, nan_v<T>},
                                       {inf_v<T>, nan_v<T>},
                                       {-inf_v<T>, nan_v<T>},
                                       {nan_v<T>, nan_v<T>}});
}

TEST_CASE("logit stays within its bound", "[math]") {
  for (double const half_width : {0.5, 0.2, 1e-3, 1e-6}) {
    double const low = 0.5 - half_width, high = 0.5 + half_width;
    accuracy::check_range<float>(logit_of, exact_logit, accuracy::logit, low, high);
    accuracy::check_range<double>(logit_of, exact_logit, accuracy::logit, low, high);
  }
  accuracy::check_range<float>(logit_of, exact_logit, accuracy::logit, 0, 1e-3);
  accuracy::check_range<double>(logit_of, exact_logit, accuracy::logit, 0, 1e-3);
}

TEMPLATE_TEST_CASE("log_normal_cdf at its special points", "[math]", float, double) {
  using T = TestType;
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(log_normal_cdf_of, {{max, -T(0)},
                                                {-max, -inf_v<T>},
                                                {inf_v<T>, -T(0)},
                                                {-inf_v<T>, -inf_v<T>},
                                                {nan_v<T>, nan_v<T>}});
}

TEST_CASE("log_normal_cdf stays within its bound", "[math]") {
  for (double const bound : {0.8, 3.0, 20.0, 50.0, 1e4, 1e18}) {
    accuracy::check_range<float>(log_normal_cdf_of, exact_log_normal_cdf, accuracy::log_normal_cdf,
                                 -bound, std::min(bound, 14.0));
    accuracy::check_range<double>(log_normal_cdf_of, exact_log_normal_cdf, accuracy::log_normal_cdf,
                                  -bound, std::min(bound, 39.0));
  }
  accuracy::check_range<double>(log_normal_cdf_of, exact_log_normal_cdf, accuracy::log_normal_cdf,
                                -1.89e154, -1e140);
}

TEMPLATE_TEST_CASE("inverse_mills at its special points", "[math]", float, double) {
  using T = TestType;
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(inverse_mills_of, {{max, 0},
                                               {-max, max},
                                               {inf_v<T>, 0},
                                               {-inf_v<T>, inf_v<T>},
                                               {nan_v<T>, nan_v<T>}});
}

TEST_CASE("inverse_mills stays within its bound", "[math]") {
  for (double const bound : {0.8, 3.0, 20.0, 50.0, 1e4, 1e18, 1e30}) {
    accuracy::check_range<float>(inverse_mills_of, exact_inverse_mills, accuracy::inverse_mills,
                                 -bound, std::min(bound, 14.0));
    accuracy::check_range<double>(inverse_mills_of, exact_inverse_mills, accuracy::inverse_mills,
                                  -bound, std::min(bound, 37.0));
  }
}

TEMPLATE_TEST_CASE("logaddexp stays within its bound", "[math]", float, double) {
  using T = TestType;
  double const max = static_cast<double>(std::numeric_limits<T>::max());
  for (double const bound : {1e2, 1e4, max}) {
    accuracy::check_ranges<T>(logaddexp_of, exact_logaddexp, accuracy::logaddexp, 0, bound, -bound,
                              bound);
  }
  // Below zero the unit is that of the larger of result and argument.
  std::mt19937_64 source(9);
  std::uniform_real_distribution<double> range(-3, 0);
  double worst = 0;
  for (int i = 0; i < 20000; ++i) {
    T const a = static_cast<T>(range(source)), b = static_cast<T>(range(source));
    long double const exact = exact_logaddexp(a, b);
    auto const error = static_cast<long double>(m::logaddexp(a, b)) - exact;
    long double const size = std::max(std::fabs(exact), -std::max<long double>(a, b));
    auto const unit = std::ldexp(std::numeric_limits<T>::epsilon(), std::ilogb(size));
    worst = std::max(worst, static_cast<double>(std::fabs(error) / unit));
  }
  CHECK(worst <= 2.5);
}

TEMPLATE_TEST_CASE("logaddexp at pairs of extremes", "[math]", float, double) {
  using T = TestType;
  auto const reference = [](T x, T y) {
    if (std::isnan(x) || std::isnan(y)) return nan_v<T>;
    return static_cast<T>(exact_logaddexp(x, y));
  };
  accuracy::check_extremes<T>(logaddexp_of, reference, 16);  // of -1/2 and -1, digits cancel
}

TEMPLATE_TEST_CASE("xlogy stays within its bound", "[math]", float, double) {
  using T = TestType;
  auto const exact = [](long double x, long double y) { return x * std::log(y); };
  accuracy::check_ranges<T>(xlogy_of, exact, accuracy::xlogy, -1e30, 1e30, 0, 1e30);
  accuracy::check_ranges<T>(xlogy_of, exact, accuracy::xlogy, 0.1, 2, 0.5, 2);
}

TEMPLATE_TEST_CASE("xlogy at pairs of extremes", "[math]", float, double) {
  using T = TestType;
  accuracy::check_extremes<T>(xlogy_of, [](T x, T y) {
    if (x == 0 && !std::isnan(y)) return T(0);
    return static_cast<T>(x * std::log(static_cast<long double>(y)));
  });
}
