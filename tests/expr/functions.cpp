// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

constexpr auto u = variable<"u">;
constexpr auto w = variable<"w">;

/// The value of f at u = a, w = b.
double at(auto const& f, double a, double b = 0.0) {
  return test::evaluate(f, {{"u", a}, {"w", b}});
}

}  // namespace

TEST_CASE("functions are those of the standard library", "[expr]") {
  for (double a : {0.25, 0.75, 1.5}) {
    CHECK(at(exp(u), a) == Approx(std::exp(a)).epsilon(1e-15));
    CHECK(at(log(u), a) == Approx(std::log(a)).epsilon(1e-15));
    CHECK(at(sqrt(u), a) == std::sqrt(a));
    CHECK(at(sin(u), a) == Approx(std::sin(a)).epsilon(1e-15));
    CHECK(at(cos(u), a) == Approx(std::cos(a)).epsilon(1e-15));
    CHECK(at(tanh(u), a) == Approx(std::tanh(a)).epsilon(1e-15));
    CHECK(at(erf(u), a) == Approx(std::erf(a)).epsilon(1e-15));
    CHECK(at(sigmoid(u), a) == Approx(1 / (1 + std::exp(-a))).epsilon(1e-15));
    CHECK(at(softplus(u), a) == Approx(std::log1p(std::exp(a))).epsilon(1e-15));
    CHECK(at(pow(u, w), a, 2.5) == Approx(std::pow(a, 2.5)).epsilon(1e-14));
    CHECK(at(pow(2, u), a) == Approx(std::pow(2, a)).epsilon(1e-14));
  }
}

TEST_CASE("more functions are those of the standard library", "[expr]") {
  for (double a : {0.25, 0.5, 0.75}) {
    CHECK(at(exp2(u), a) == Approx(std::exp2(a)).epsilon(1e-15));
    CHECK(at(expm1(u), a) == Approx(std::expm1(a)).epsilon(1e-15));
    CHECK(at(log2(u), a) == Approx(std::log2(a)).epsilon(1e-15));
    CHECK(at(log1p(u), a) == Approx(std::log1p(a)).epsilon(1e-15));
    CHECK(at(square(u), a) == a * a);
    CHECK(at(cbrt(u), a) == Approx(std::cbrt(a)).epsilon(1e-15));
    CHECK(at(rsqrt(u), a) == Approx(1 / std::sqrt(a)).epsilon(1e-15));
    CHECK(at(tan(u), a) == Approx(std::tan(a)).epsilon(1e-15));
    CHECK(at(asin(u), a) == Approx(std::asin(a)).epsilon(1e-15));
    CHECK(at(acos(u), a) == Approx(std::acos(a)).epsilon(1e-15));
    CHECK(at(atan(u), a) == Approx(std::atan(a)).epsilon(1e-15));
    CHECK(at(sinh(u), a) == Approx(std::sinh(a)).epsilon(1e-15));
    CHECK(at(cosh(u), a) == Approx(std::cosh(a)).epsilon(1e-15));
    CHECK(at(asinh(u), a) == Approx(std::asinh(a)).epsilon(1e-15));
    CHECK(at(acosh(u + 1.0), a) == Approx(std::acosh(a + 1)).epsilon(1e-15));
    CHECK(at(atanh(u), a) == Approx(std::atanh(a)).epsilon(1e-15));
    CHECK(at(erfc(u), a) == Approx(std::erfc(a)).epsilon(2e-15));
    CHECK(at(logit(u), a) == Approx(std::log(a / (1 - a))).margin(1e-15));
    CHECK(at(normal_pdf(u), a) == Approx(std::exp(-a * a / 2) / std::sqrt(2 * std::acos(-1))));
    CHECK(at(normal_cdf(u), a) == Approx(std::erfc(-a / std::sqrt(2.0)) / 2).epsilon(2e-15));
    CHECK(at(log_normal_pdf(u), a) == Approx(at(log(normal_pdf(u)), a)).epsilon(1e-15));
    CHECK(at(log_normal_cdf(u), a) == Approx(at(log(normal_cdf(u)), a)).epsilon(3e-15));
    CHECK(at(lgamma(u), a) == Approx(std::lgamma(a)).epsilon(1e-15));
    CHECK(at(digamma(u + 1.0) - digamma(u), a) == Approx(1 / a).epsilon(3e-15));
    CHECK(at(polygamma<1>(u) - polygamma<1>(u + 1.0), a) == Approx(1 / a / a).epsilon(3e-15));
    CHECK(at(polygamma<2>(u + 1.0) - polygamma<2>(u), a) == Approx(2 / a / a / a).epsilon(3e-15));
    CHECK(at(floor(u), a) == 0.0);
    CHECK(at(ceil(u), a) == 1.0);
    CHECK(at(round(u), a) == std::round(a));
  }
}

TEST_CASE("functions of two and three operands take them in their order", "[expr]") {
  CHECK(at(hypot(u, w), 3, 4) == 5.0);
  CHECK(at(hypot(u, 4.0), 3) == 5.0);
  CHECK(at(atan2(u, w), 1, 2) == Approx(std::atan2(1.0, 2.0)).epsilon(1e-15));
  CHECK(at(atan2(1.0, w), 0, 2) == Approx(std::atan2(1.0, 2.0)).epsilon(1e-15));
  CHECK(at(xlogy(u, w), 2, 3) == Approx(2 * std::log(3.0)).epsilon(1e-15));
  CHECK(at(logaddexp(u, w), 1, 2) == Approx(std::log(std::exp(1) + std::exp(2))).epsilon(1e-15));
  CHECK(at(fmod(u, w), 7, 4) == 3.0);
  CHECK(at(fma(u, w, 1.0), 2, 3) == 7.0);
  CHECK(at(fma(2.0, u, w), 3, 1) == 7.0);
}

TEST_CASE("functions neither cancel nor overflow where they could", "[expr]") {
  CHECK(at(expm1(u), 1e-12) == Approx(1e-12 + 5e-25).epsilon(1e-15));
  CHECK(at(log1p(u), 1e-12) == Approx(1e-12 - 5e-25).epsilon(1e-15));
  CHECK(at(hypot(u, w), 3e200, -4e200) == Approx(5e200).epsilon(1e-15));
  CHECK(at(logaddexp(u, w), 1000, 1000) == Approx(1000 + std::log(2.0)).epsilon(1e-15));
  CHECK(at(softplus(u), 1000) == 1000.0);
  CHECK(at(sigmoid(u), -1000) == 0.0);
  CHECK(at(erfc(u), 10) == Approx(std::erfc(10.0)).epsilon(1e-14));
  CHECK(at(normal_cdf(u), -10) == Approx(std::erfc(std::sqrt(50.0)) / 2).epsilon(1e-14));
  // the density over -x times 1 - 1/x^2 + 3/x^4 ..., where the function itself is 0
  CHECK(at(log_normal_cdf(u), -40) == Approx(-804.6084420137538).epsilon(1e-14));
  CHECK(at(xlogy(u, w), 0, 0) == 0.0);
  CHECK(at(round(u), -2.5) == -3.0);
  CHECK(at(fmod(u, w), -7, 4) == -3.0);
}

TEST_CASE("a value can be kept out of derivatives, and steps have none", "[expr]") {
  CHECK(at(stop_gradient(u), 3) == 3.0);
  CHECK(at(gradient(u * stop_gradient(u), wrt(u)), 3) == 3.0);
  CHECK(at(gradient(u * floor(u), wrt(u)), 2.5) == 2.0);
  CHECK(at(gradient(fmod(u, w), wrt(w)), -7, 4) == 1.0);
  CHECK(at(gradient(hypot(u, w), wrt(u)), 0, 0) == 0.0);
  CHECK(at(gradient(sqrt(u), wrt(u)), 0) == std::numeric_limits<double>::infinity());
}

TEST_CASE("functions of several operands repeat scalars", "[expr]") {
  constexpr auto v = variable<"v", 2>;
  auto const elements = [](auto const& f) {
    return test::elements(f, {{"u", 3.0}, {"v", {1, 2}}});
  };
  CHECK(elements(fma(v, u, 1)) == std::vector<double>{4, 7});
  CHECK(elements(fma(2, u, v)) == std::vector<double>{7, 8});
  CHECK(elements(pow(v, 2)) == std::vector<double>{1, 4});
  CHECK(elements(hypot(4, u)) == std::vector<double>{5});
  auto const together = [](auto a, auto b) { return fma(a, 2, b); };
  CHECK_FALSE(test::refuses(together, shape(3), shape(3)));
  CHECK(test::refuses(together, shape(3), shape(4)));
}
