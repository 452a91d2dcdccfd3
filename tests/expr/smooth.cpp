// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using namespace ramp::literals;

namespace {

using numbers = std::vector<double>;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 3>;

/// With a width of 1 the temperature is 1/4.
constexpr auto one = smooth<1.0>;
double const bump = 0.25 * std::log(2.0);

double value(auto const& f, double at = 0.0, kink_policy policy = standard.value) {
  auto const all = test::elements(f, {{"x", at}, {"y", 0.0}, {"v", {1, 1, 1}}}, policy);
  return all.empty() ? std::nan("") : all[0];
}

double relu_of(double at) { return 0.25 * std::log1p(std::exp(4 * at)); }
double slope_of(double at) { return 1 / (1 + std::exp(-4 * at)); }

int node_count(auto const& f, kink_policy policy) {
  lowerer l(policy);
  l.add_constant(f);
  auto lowered = l.finish();
  ramp::list<int> roots{lowered.roots[0].node};
  return pass::eliminate_dead_code(lowered.graph, roots).size();
}

}  // namespace

TEST_CASE("smooth replaces the function where it is in force", "[expr][smooth]") {
  for (double at : {-0.5, 0.0, 0.25, 2.0}) {
    // a whole program: value and derivative
    CHECK(value(relu(x), at, one.value) == Approx(relu_of(at)).epsilon(1e-15));
    CHECK(value(gradient(relu(x), wrt(x)), at, one.value) == Approx(slope_of(at)).epsilon(1e-15));
    // one derivative: the true gradient of the smoothed function, which itself is left alone
    CHECK(value(gradient(relu(x), wrt(x), one), at) == Approx(slope_of(at)).epsilon(1e-15));
    CHECK(value(relu(x) + gradient(relu(x), wrt(x), one), at) ==
          Approx(std::max(at, 0.0) + slope_of(at)).epsilon(1e-15));
    CHECK(value(jvp(relu(x), wrt(x), 2.0, one), at) == Approx(2 * slope_of(at)).epsilon(1e-15));
    CHECK(value(vjp(relu(x), wrt(x), 2.0, one), at) == Approx(2 * slope_of(at)).epsilon(1e-15));
    // one use
    CHECK(value(relu(x, one) + relu(x), at) ==
          Approx(relu_of(at) + std::max(at, 0.0)).epsilon(1e-15));
    CHECK(value(gradient(relu(x, one) + 4.0 * relu(x), wrt(x)), at) ==
          Approx(slope_of(at) + (at > 0 ? 4 : 0)).epsilon(1e-15));
  }
  CHECK(value(max(x, y), 0.0, one.value) == Approx(bump));
  CHECK(value(min(x, y), 0.0, one.value) == Approx(-bump));
  CHECK(value(abs(x), 0.0, one.value) == Approx(2 * bump));
  CHECK(value(hypot(x, y), 0.0, one.value) == 0.5);
  CHECK(value(max(v), 0.0, one.value) == Approx(1 + 0.25 * std::log(3.0)));
  CHECK(value(gradient(max(v), wrt(v), one)) == Approx(1.0 / 3));
}

TEST_CASE("the second derivative of a smoothed kink is its curvature", "[expr][smooth]") {
  auto const slope = gradient(relu(x), wrt(x));
  CHECK(value(gradient(slope, wrt(x)), 0.0, smooth<0.1>.value) == Approx(10.0));
  CHECK(value(gradient(slope, wrt(x), smooth<0.1>)) == Approx(10.0));
  CHECK(value(hessian(abs(x), wrt(x), smooth<0.1>)) == Approx(20.0));
  CHECK(value(derivative(gradient(abs(x) * abs(x, smooth<0.5>), wrt(x), smooth<0.5>), wrt(x))) ==
        Approx(2 * std::log(2.0)));
}

TEST_CASE("the nearest policy wins over smooth, and smooth over those around it",
          "[expr][smooth]") {
  auto const at = 0.1;
  // a gradient of its own policy is that of the function with its kinks, values and all
  auto const square = gradient(relu(x) * relu(x), wrt(x), at_zero<1.0>);
  CHECK(value(square, at, one.value) == 0.2);
  CHECK(value(gradient(relu(x) * exp(relu(x)), wrt(x), standard), -at, one.value) == 0.0);
  CHECK(value(gradient(relu(x), wrt(x), at_zero<0.25>), 0.0, one.value) == 0.25);
  CHECK(value(relu(x, standard), at, one.value) == at);
  CHECK(value(gradient(relu(x, at_zero<0.75>), wrt(x), one)) == 0.75);
  // inside of it smooth again
  CHECK(value(gradient(gradient(relu(x), wrt(x), one) * relu(x), wrt(x), at_zero<1.0>)) ==
        Approx(0.5));
  CHECK(value(gradient(relu(x), wrt(x), smooth<0.5>), at, one.value) ==
        Approx(1 / (1 + std::exp(-8 * at))));
  // one function under two widths
  CHECK(value(gradient(relu(x), wrt(x), one) + gradient(relu(x), wrt(x), smooth<0.5>), at) ==
        Approx(slope_of(at) + 1 / (1 + std::exp(-8 * at))));
}

TEST_CASE("rewrites come before smoothing", "[expr][smooth]") {
  auto const same = [](auto const& f, auto const& g) {
    for (double at : {-0.3, 0.0, 0.2}) {
      CHECK(value(f, at, one.value) == value(g, at, one.value));
      CHECK(value(gradient(f, wrt(x)), at, one.value) == value(gradient(g, wrt(x)), at, one.value));
    }
  };
  same(relu(x) - relu(-x), x);
  same(max(x, 0_c), relu(x));
  same(max(x, 0_c) + min(x, 0_c), x);
  same(relu(relu(x)), relu(x));
  same(relu(-relu(x)), 0_c * x);
  same(relu(x) + relu(-x), abs(x));
  same((x + abs(x)) / 2_c, relu(x));
  same(sqrt(x * x), abs(x));
  same(max(x, -x), abs(x));
  same(abs(-x), abs(x));
  same(max(max(x, y), 2 * x), max(x, max(y, 2 * x)));
}

TEST_CASE("a maximum that only keeps exponentials small is left alone", "[expr][smooth]") {
  CHECK(node_count(logsumexp(v), one.value) == node_count(logsumexp(v), standard.value));
  CHECK(node_count(softmax(v), one.value) == node_count(softmax(v), standard.value));
  CHECK(value(log(softmax(v)), 0.0, one.value) == Approx(-std::log(3.0)));
}

TEST_CASE("directions find no kink under smooth", "[expr][smooth]") {
  auto const f = relu(x) + abs(x) + max(v);
  CHECK(value(unsettled_ties(f, wrt(x, v), directional(0.0, 0.0)), 0.0) == 3);
  CHECK(value(unsettled_ties(f, wrt(x, v), directional(0.0, 0.0)), 0.0, one.value) == 0);
  CHECK(value(gradient(f, wrt(x, v), directional(1.0, 0.0))[0_c], 0.0, one.value) == 0.5);
  // and decide as ever where smooth is in force elsewhere
  auto const along = gradient(relu(x), wrt(x), directional(1.0));
  CHECK(value(along + 2.0 * gradient(relu(x), wrt(x), one)) == Approx(2.0));
  CHECK(value(gradient(along * x, wrt(x), standard), 0.0, one.value) == 1.0);
  CHECK(value(relu(x, one) + along) == Approx(1 + bump));
}
