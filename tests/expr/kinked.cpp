// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/kinked.hpp>
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

TEST_CASE("kinked functions and selection", "[expr]") {
  CHECK(at(relu(u), -2) == 0.0);
  CHECK(at(relu(u), 2) == 2.0);
  CHECK(at(relu(u, at_zero<1.0>), 2) == 2.0);
  CHECK(at(abs(u), -2) == 2.0);
  CHECK(at(max(u, w), 1, 2) == 2.0);
  CHECK(at(min(u, w), 1, 2) == 1.0);
  CHECK(at(max(u, 5), 1) == 5.0);
  CHECK(at(min(5, u, symmetric), 1) == 1.0);
  CHECK(at(where(u > w, u, 10 * w), 1, 2) == 20.0);
  CHECK(at(where(u < w, u, 10 * w), 1, 2) == 1.0);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(at(where(u > 0, u, w), 1, nan) == 1.0);
}

TEST_CASE("a clamp takes the nearer bound beyond", "[expr]") {
  CHECK(at(clamp(u, -1, 1), -2) == -1.0);
  CHECK(at(clamp(u, -1, 1), 0.5) == 0.5);
  CHECK(at(clamp(u, -1, 1), 2) == 1.0);
  CHECK(at(clamp(u, w, w + 1), 5, 2) == 3.0);
  CHECK(at(clamp(0.5, u, w, symmetric), 1, 2) == 1.0);
  CHECK(std::isnan(at(clamp(u, -1, 1), std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("the sign of a number is a step", "[expr]") {
  CHECK(at(sign(u), -0.25) == -1.0);
  CHECK(at(sign(u), 1e-300) == 1.0);
  CHECK(at(sign(u), -0.0) == 0.0);
  CHECK(at(gradient(u * sign(u), wrt(u)), -3) == -1.0);
}

TEST_CASE("the policy of a use decides at its kink, else that around it", "[expr]") {
  auto const slope = [](auto const& f, auto... around) {
    return at(gradient(f, wrt(u), around...), 1, 1);
  };
  constexpr auto zero = u - 1;
  constexpr auto rising = at_zero<1.0>;
  CHECK(slope(relu(zero)) == 0.0);
  CHECK(slope(relu(zero), rising) == 1.0);
  CHECK(slope(relu(zero, rising)) == 1.0);
  CHECK(slope(relu(zero, standard), rising) == 0.0);
  CHECK(slope(abs(zero)) == 0.0);
  CHECK(slope(abs(zero, rising)) == 1.0);
  CHECK(slope(max(u, w)) == 0.5);
  CHECK(slope(max(u, w, rising)) == 1.0);
  CHECK(slope(max(w, u, rising)) == 0.0);
  CHECK(slope(min(u, w)) == 0.5);
  CHECK(slope(min(u, w, rising)) == 0.0);
  CHECK(slope(clamp(u, 1, 2)) == 0.0);
  CHECK(slope(clamp(u, 1, 2, rising)) == 1.0);
  CHECK(slope(clamp(u, 1, 2, symmetric)) == 0.5);
}

TEST_CASE("bounds are numbers or of the shape of what they bound", "[expr]") {
  constexpr auto v = variable<"v", 3>;
  auto const elements = [](auto const& f) {
    return test::elements(f, {{"u", 2.0}, {"v", {-1, 2, 5}}});
  };
  CHECK(elements(max(v, u)) == std::vector<double>{2, 2, 5});
  CHECK(elements(min(3, v)) == std::vector<double>{-1, 2, 3});
  CHECK(elements(clamp(v, 0, u)) == std::vector<double>{0, 2, 2});
  CHECK(elements(clamp(u, v, 9)) == std::vector<double>{2, 2, 5});
  auto const bounded = [](auto a, auto b) { return clamp(a, 0, b); };
  CHECK_FALSE(test::refuses(bounded, shape(3), shape(3)));
  CHECK_FALSE(test::refuses(bounded, shape(), shape(3)));
  CHECK(test::refuses(bounded, shape(3), shape(4)));
  CHECK(test::refuses([](auto a, auto b) { return max(a, b, symmetric); }, shape(3), shape(1, 3)));
}
