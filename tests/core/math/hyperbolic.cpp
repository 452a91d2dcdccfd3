// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/hyperbolic.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::tanh(0.0) == 0.0 && m::tanh(inf_v<double>) == 1.0 &&
              m::tanh(-inf_v<float>) == -1.0f);
static_assert(m::tanh(1.0f) == 0.761594176f && m::tanh(1e-300) == 1e-300);
static_assert(m::sigmoid(0.0) == 0.5 && m::sigmoid(inf_v<float>) == 1.0f);
static_assert(m::sigmoid(-inf_v<double>) == 0.0 && m::sigmoid(-740.0) > 0.0);
static_assert(m::softplus(0.0) == 0.6931471805599453 && m::softplus(inf_v<float>) == inf_v<float>);
static_assert(m::softplus(-inf_v<float>) == 0.0f && m::softplus(1000.0) == 1000.0);
static_assert(m::isnan(m::tanh(nan_v<float>)) && m::isnan(m::sigmoid(nan_v<double>)) &&
              m::isnan(m::softplus(nan_v<double>)));
static_assert(m::sinh(0.0) == 0.0 && m::sinh(1.0f) == 1.17520118f && m::sinh(1e-310) == 1e-310);
static_assert(m::sinh(-1000.0) == -inf_v<double> && m::cosh(-1000.0f) == inf_v<float>);
static_assert(m::cosh(0.0) == 1.0 && m::cosh(1.0f) == 1.54308063f);
static_assert(m::sinh(0x1.633ce8fb9f87dp9) < inf_v<double> &&
              m::cosh(0x1.65a9f8p6f) < inf_v<float>);
static_assert(m::isnan(m::sinh(nan_v<float>)) && m::isnan(m::cosh(nan_v<double>)));

auto const tanh_of = [](auto x) { return m::tanh(x); };
auto const sigmoid_of = [](auto x) { return m::sigmoid(x); };
auto const softplus_of = [](auto x) { return m::softplus(x); };
auto const sinh_of = [](auto x) { return m::sinh(x); };
auto const cosh_of = [](auto x) { return m::cosh(x); };

}  // namespace

TEMPLATE_TEST_CASE("tanh, sigmoid and softplus at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(tanh_of, {{0, 0},
                                      {-T(0), -T(0)},
                                      {tiny, tiny},
                                      {-tiny, -tiny},
                                      {max, 1},
                                      {-max, -1},
                                      {inf_v<T>, 1},
                                      {-inf_v<T>, -1},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(sigmoid_of, {{0, T(0.5)},
                                         {-T(0), T(0.5)},
                                         {max, 1},
                                         {inf_v<T>, 1},
                                         {-max, 0},
                                         {-inf_v<T>, 0},
                                         {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(softplus_of, {{max, max},
                                          {-max, 0},
                                          {inf_v<T>, inf_v<T>},
                                          {-inf_v<T>, 0},
                                          {1000, 1000},
                                          {nan_v<T>, nan_v<T>}});
}

TEMPLATE_TEST_CASE("sinh and cosh at their special points", "[math]", float, double) {
  using T = TestType;
  T const tiny = std::numeric_limits<T>::denorm_min();
  T const max = std::numeric_limits<T>::max();
  accuracy::check_points<T>(sinh_of, {{0, 0},
                                      {-T(0), -T(0)},
                                      {tiny, tiny},
                                      {-tiny, -tiny},
                                      {max, inf_v<T>},
                                      {-max, -inf_v<T>},
                                      {inf_v<T>, inf_v<T>},
                                      {-inf_v<T>, -inf_v<T>},
                                      {nan_v<T>, nan_v<T>}});
  accuracy::check_points<T>(cosh_of, {{0, 1},
                                      {-T(0), 1},
                                      {tiny, 1},
                                      {max, inf_v<T>},
                                      {-max, inf_v<T>},
                                      {inf_v<T>, inf_v<T>},
                                      {-inf_v<T>, inf_v<T>},
                                      {nan_v<T>, nan_v<T>}});
}

TEST_CASE("sinh and cosh stay within their bounds", "[math]") {
  auto const exact_sinh = [](long double x) { return std::sinh(x); };
  auto const exact_cosh = [](long double x) { return std::cosh(x); };
  for (double const bound : {0.4, 1.1, 3.0, 95.0, 715.0}) {
    accuracy::check_range<float>(sinh_of, exact_sinh, accuracy::sinh, -bound, bound);
    accuracy::check_range<double>(sinh_of, exact_sinh, accuracy::sinh, -bound, bound);
    accuracy::check_range<float>(cosh_of, exact_cosh, accuracy::cosh, -bound, bound);
    accuracy::check_range<double>(cosh_of, exact_cosh, accuracy::cosh, -bound, bound);
  }
}

TEST_CASE("tanh stays within its bound", "[math]") {
  auto const exact = [](long double x) { return std::tanh(x); };
  accuracy::check_range<float>(tanh_of, exact, accuracy::tanh, -12, 12);
  accuracy::check_range<double>(tanh_of, exact, accuracy::tanh, -25, 25);
  accuracy::check_range<float>(tanh_of, exact, accuracy::tanh, -0.7, 0.7);
  accuracy::check_range<double>(tanh_of, exact, accuracy::tanh, -0.7, 0.7);
}

TEST_CASE("sigmoid stays within its bound", "[math]") {
  auto const exact = [](long double x) {
    return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
  };
  accuracy::check_range<float>(sigmoid_of, exact, accuracy::sigmoid, -110, 40);
  accuracy::check_range<double>(sigmoid_of, exact, accuracy::sigmoid, -750, 50);
  accuracy::check_range<float>(sigmoid_of, exact, accuracy::sigmoid, -4, 4);
  accuracy::check_range<double>(sigmoid_of, exact, accuracy::sigmoid, -4, 4);
}

TEST_CASE("softplus stays within its bound", "[math]") {
  auto const exact = [](long double x) { return x > 60 ? x : std::log1p(std::exp(x)); };
  accuracy::check_range<float>(softplus_of, exact, accuracy::softplus, -110, 1000);
  accuracy::check_range<double>(softplus_of, exact, accuracy::softplus, -750, 1000);
  accuracy::check_range<float>(softplus_of, exact, accuracy::softplus, -4, 4);
  accuracy::check_range<double>(softplus_of, exact, accuracy::softplus, -4, 4);
}
