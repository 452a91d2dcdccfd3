// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
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
constexpr auto d = variable<"d", 3>;
constexpr auto e = variable<"e", 3>;
constexpr auto m = variable<"m", 2, 3>;

/// At a tie of everything, with two directions.
numbers value(auto const& f, kink_policy policy = standard.value) {
  return test::elements(f,
                        {{"x", 0.0},
                         {"y", 0.0},
                         {"v", {1, 1, 1}},
                         {"d", {1, 2, 2}},
                         {"e", {3, 5, 4}},
                         {"m", {1, 1, 1, 1, 1, 1}}},
                        policy);
}

}  // namespace

TEST_CASE("the slope of the side to which the direction points", "[expr][directional]") {
  for (kink_policy policy : {standard.value, at_zero<1.0>.value}) {
    CHECK(value(gradient(relu(x), wrt(x), directional(1.0)), policy) == numbers{1});
    CHECK(value(gradient(relu(x), wrt(x), directional(-2_c)), policy) == numbers{0});
    CHECK(value(gradient(abs(x), wrt(x), directional(-1.0)), policy) == numbers{-1});
    CHECK(value(derivative(relu(-relu(-x + y)), wrt(x), directional(1.0)), policy) == numbers{0});
    CHECK(value(gradient(min(x, 2 * x), wrt(x), directional(1.0)), policy) == numbers{1});
    CHECK(value(gradient(min(x, 2 * x), wrt(x), directional(-1.0)), policy) == numbers{2});
    CHECK(value(gradient(max(v), wrt(v), directional(d)), policy) == numbers{0, 0.5, 0.5});
    CHECK(value(gradient(min(v), wrt(v), directional(d)), policy) == numbers{1, 0, 0});
    CHECK(value(gradient(sum(max(m, axis<0>)), wrt(m), directional(0.0)), policy) ==
          numbers{0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
  }
}

TEST_CASE("lengths: the unit vector of the direction", "[expr][directional]") {
  auto const at = [](auto const& policy) {
    auto const by = gradient(hypot(x, y), wrt(x, y), policy);
    return numbers{value(by[0_c])[0], value(by[1_c])[0]};
  };
  CHECK(at(directional(3.0, -4.0)) == numbers{0.6, -0.8});
  CHECK(at(directional(0.0, 0.0)) == numbers{0, 0});
  CHECK(at(lexicographic) == numbers{1, 0});
  CHECK(at(lexicographic(directional(0.0, 0.0), directional(0.0, -2.0))) == numbers{0, -1});
  auto const ties = [](auto const& policy) {
    return value(unsettled_ties(hypot(x, y), wrt(x, y), policy));
  };
  CHECK(ties(directional(0.0, 1.0)) == numbers{0});
  CHECK(ties(directional(0.0, 0.0)) == numbers{1});
}

TEST_CASE("a direction for each name", "[expr][directional]") {
  auto const [by_x, by_y] = gradient(max(x, y), wrt(x, y), directional(1.0, 2.0));
  CHECK(value(by_x) == numbers{0});
  CHECK(value(by_y) == numbers{1});
  // an expression, of the shape of the name or a scalar
  auto const [dx, dv] = gradient(x + max(v - x), wrt(x, v), directional(x, hadamard(d, v) - 1_c));
  CHECK(value(dx) == numbers{0});
  CHECK(value(dv) == numbers{0, 0.5, 0.5});
  CHECK(value(gradient(sum(abs(v - 1_c)), wrt(v), directional(-1_c))) == numbers{-1, -1, -1});
  // raw numbers of the function and of the direction keep apart
  auto const mixed = gradient(3.0 * relu(x) + 5.0 * relu(y), wrt(x, y), directional(7.0, -11.0));
  CHECK(value(mixed[0_c] + 100.0 * mixed[1_c]) == numbers{3});
}

TEST_CASE("directions in turn", "[expr][directional]") {
  // the unit vectors of all names, in order: x grows first
  auto const f = max(x, y) + relu(y) + min(v);
  auto const [by_x, by_y, by_v] = gradient(f, wrt(x, y, v), lexicographic);
  CHECK(value(by_x) == numbers{1});
  CHECK(value(by_y) == numbers{1});
  CHECK(value(by_v) == numbers{0, 0, 1});  // when v[0] and v[1] have grown, v[2] is the least
  auto const other = gradient(f, wrt(y, x, v), lexicographic);
  CHECK(value(other[0_c]) == numbers{2});
  CHECK(value(other[1_c]) == numbers{0});
  // given ones
  auto const turned = gradient(max(v), wrt(v), lexicographic(directional(d), directional(e)));
  CHECK(value(turned) == numbers{0, 1, 0});
  auto const with_x = gradient(max(x, y), wrt(x, y),
                               lexicographic(directional(1.0, 1.0), directional(-1.0, -2.0)));
  CHECK(value(with_x[0_c]) == numbers{1});
  CHECK(value(with_x[1_c]) == numbers{0});
}

TEST_CASE("ties that are not settled are counted", "[expr][directional]") {
  auto const f = relu(x) + abs(y) + max(v);
  auto const left = [&](auto const& directions) {
    return value(unsettled_ties(f, wrt(x, y, v), directions));
  };
  CHECK(left(directional(0.0, 0.0, 0.0)) == numbers{3});
  CHECK(left(directional(1.0, 0.0, 0.0)) == numbers{2});
  CHECK(left(directional(1.0, -1.0, v)) == numbers{1});
  CHECK(left(directional(1.0, -1.0, d)) == numbers{1});  // two of v are still equal
  CHECK(left(directional(1.0, -1.0, -d)) == numbers{0});
  CHECK(left(lexicographic) == numbers{0});
  CHECK(value(unsettled_ties(relu(x + 1.0), wrt(x), directional(0.0))) == numbers{0});
  // no derivative passes there
  CHECK(value(unsettled_ties(logsumexp(v) + stop_gradient(abs(x)), wrt(x, v),
                             directional(0.0, 0.0))) == numbers{0});
  CHECK(value(unsettled_ties(where(abs(x) > y, y, x), wrt(x), directional(0.0))) == numbers{0});
  // what competes is one function: no direction can tell, and it does not matter
  CHECK(value(unsettled_ties(max(x, x * cos(y)), wrt(x, y), lexicographic)) == numbers{1});
  CHECK(value(gradient(max(x, x * cos(y)), wrt(x, y), lexicographic)[0_c]) == numbers{1});
}

TEST_CASE("the policy in force takes what is left", "[expr][directional]") {
  auto const still = gradient(relu(x) + relu(y), wrt(x, y), directional(0.0, 1.0));
  CHECK(value(still[0_c]) == numbers{0});
  CHECK(value(still[0_c], at_zero<0.25>.value) == numbers{0.25});
  CHECK(value(still[1_c], at_zero<0.25>.value) == numbers{1});
  CHECK(value(gradient(still[0_c] * x, wrt(x), at_zero<0.5>)) == numbers{0.5});
  // that of a single use is nearer than the direction
  auto const own = relu(x, at_zero<0.75>) + relu(x);
  CHECK(value(gradient(own, wrt(x), directional(1.0))) == numbers{1.75});
  CHECK(value(unsettled_ties(own, wrt(x), directional(1.0))) == numbers{1});
}

TEST_CASE("rewrites come before directions", "[expr][directional]") {
  for (double side : {-1.0, 0.0, 1.0}) {
    auto const slope = [&](auto const& f) {
      return value(gradient(f, wrt(x), directional(side * (y + 1))));
    };
    CHECK(slope(relu(x) - relu(-x)) == numbers{1});
    CHECK(slope(max(x, 0_c) + min(x, 0_c)) == numbers{1});
    CHECK(slope(relu(x) + relu(-x) - abs(x)) == numbers{0});
    CHECK(slope(sqrt(x * x)) == numbers{side});
    CHECK(slope(max(x, -x)) == numbers{side});
    CHECK(slope(relu(-relu(x))) == numbers{0});
  }
}

TEST_CASE("derivatives of a directional gradient", "[expr][directional]") {
  auto const slope = [](auto const& f, double side) {
    return gradient(f, wrt(x), directional(side * (y + 1)));
  };
  // the choices are constants to an outer derivative
  CHECK(value(gradient(slope(relu(x) * y + x * x * relu(x + 1), 1.0), wrt(x))) == numbers{2});
  CHECK(value(gradient(slope(relu(x) * exp(x), 1.0), wrt(x), at_zero<1.0>)) == numbers{2});
  // relu(x)^2 has second derivatives 2 and 0 on the two sides
  for (kink_policy policy : {standard.value, at_zero<1.0>.value, at_zero<0.25>.value}) {
    CHECK(value(slope(gradient(relu(x) * relu(x), wrt(x)), 1.0), policy) == numbers{2});
    CHECK(value(slope(gradient(relu(x) * relu(x), wrt(x)), -1.0), policy) == numbers{0});
    CHECK(value(slope(slope(x * abs(x), -1.0), -1.0), policy) == numbers{-2});
    CHECK(value(slope(slope(x * abs(x), 1.0), 1.0), policy) == numbers{2});
    CHECK(value(slope(gradient(max(x, y) * max(x, y), wrt(x)), 1.0), policy) == numbers{2});
  }
  CHECK(value(jvp(slope(relu(x) * sin(x), 1.0), wrt(x), 3.0), at_zero<1.0>.value) == numbers{6});
}

TEST_CASE("away from kinks a direction changes nothing", "[expr][directional]") {
  auto const f = relu(x + 1) * max(v - d * 2) + abs(y - 2);
  auto const plain = gradient(f, wrt(x, y, v));
  auto const along = gradient(f, wrt(x, y, v), directional(-1.0, 2.0, d));
  CHECK(value(plain[0_c]) == value(along[0_c]));
  CHECK(value(plain[1_c]) == value(along[1_c]));
  CHECK(value(plain[2_c]) == value(along[2_c]));
}
