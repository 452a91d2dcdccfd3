// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/difference.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using ramp::check::central_stencil;
using ramp::check::differentiate;
using ramp::check::first_step;
using ramp::check::one_sided_stencil;

namespace {

/// exp(x) / sqrt(sin(x)^3 + cos(x)^3), a usual example for numerical differentiation.
/// Source: W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real
/// functions", SIAM Review 40, 1998.
double squire_trapp(double x) {
  double const s = std::sin(x);
  double const c = std::cos(x);
  return std::exp(x) / std::sqrt(s * s * s + c * c * c);
}
double squire_trapp_slope(double x) {
  double const s = std::sin(x);
  double const c = std::cos(x);
  double const cubes = s * s * s + c * c * c;
  return squire_trapp(x) * (1.0 - 1.5 * s * c * (s - c) / cubes);
}

double fifth_power(double x) { return x * x * x * x * x; }
double sixth_power(double x) { return fifth_power(x) * x; }
double fourth_power(double x) { return x * x * x * x; }

}  // namespace

TEST_CASE("stencils are exact for polynomials of their order", "[check]") {
  // powers of two: no rounding
  CHECK(differentiate<central_stencil>(sixth_power, 1.0, 1.0, 0.25).value ==
        Approx(6).epsilon(1e-14));
  CHECK(differentiate<central_stencil>(fifth_power, 2.0, 32.0, 0.5).value ==
        Approx(80).epsilon(1e-14));
  CHECK(differentiate<one_sided_stencil<1>>(fourth_power, 1.0, 1.0, 0.25).value ==
        Approx(4).epsilon(1e-14));
  CHECK(differentiate<one_sided_stencil<-1>>(fourth_power, 1.0, 1.0, 0.25).value ==
        Approx(4).epsilon(1e-14));
}

TEST_CASE("the order of the formulas is the one they claim", "[check]") {
  auto error = [](auto stencil, double h) {
    using s = decltype(stencil);
    double const x = 0.5;
    return std::fabs(
        differentiate<s>([](double t) { return std::exp(t); }, x, std::exp(x), h).value -
        std::exp(x));
  };
  CHECK(std::log2(error(central_stencil{}, 0.5) / error(central_stencil{}, 0.25)) ==
        Approx(6).margin(0.2));
  CHECK(std::log2(error(one_sided_stencil<1>{}, 0.125) / error(one_sided_stencil<1>{}, 0.0625)) ==
        Approx(4).margin(0.3));
}

TEST_CASE("the estimate bounds the error and is not far above it", "[check]") {
  for (double x : {-0.25, 0.1, 0.5, 1.5, 1.0}) {
    double const exact = squire_trapp_slope(x);
    for (double h : {0.0625, 0.0078125, 0.0009765625}) {
      auto const e = differentiate<central_stencil>(squire_trapp, x, squire_trapp(x), h);
      INFO("x " << x << ", h " << h);
      CHECK(std::fabs(e.value - exact) <= e.error);
      CHECK(e.error <= 1e-2 * std::fabs(exact));
    }
    auto const e = differentiate<central_stencil>(squire_trapp, x, squire_trapp(x), first_step(x));
    CHECK(std::fabs(e.value - exact) <= 1e-11 * std::fabs(exact));
  }
}

TEST_CASE("the first step is a power of two near eps^(1/7)", "[check]") {
  CHECK(first_step(0.0) == 0.0078125);
  CHECK(first_step(1.0) == first_step(-1.0));
  CHECK(first_step(1024.0) == 1024.0 * first_step(1.0));
  int exponent = 0;
  CHECK(std::frexp(first_step(3.7), &exponent) == 0.5);
}
