// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/argmax.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/derivative.hpp>

#include "expr/operands.hpp"

using namespace ramp;
using namespace ramp::test;

TEST_CASE("the place of an extreme element", "[expr]") {
  CHECK(value(argmax(v)) == numbers{0});
  CHECK(value(argmin(v)) == numbers{3});
  CHECK(value(argmax(m)) == numbers{5});
  CHECK(value(argmax(m, axis<0>)) == numbers{1, 1, 1});
  CHECK(value(argmax(cube, axis<0, 2>)) == numbers{3, 3, 3});
  CHECK(value(argmin(-cube, axis<1, 2>)) == numbers{5, 5});
  // the first of those that tie; NaN of NaN; infinities are numbers
  CHECK(value_at({1, 5, 5, 2}, argmax(v)) == numbers{1});
  CHECK(value_at({0.0, -0.0, 1, 0}, argmin(v)) == numbers{0});
  CHECK(value_at({1, infinity, 5, infinity}, argmax(v)) == numbers{1});
  CHECK(value_at({-infinity, -infinity, -infinity, -infinity}, argmax(v)) == numbers{0});
  CHECK(are_nan(value_at({1, not_a_number, 5, 2}, argmax(v))));
  CHECK(value(gradient(argmax(v), wrt(v))) == numbers{0, 0, 0, 0});
  CHECK(value_at({1, not_a_number, 5, 2}, gradient(argmax(v), wrt(v))) == numbers{0, 0, 0, 0});
}

TEST_CASE("places are counted in row-major order over the axes that are folded", "[expr]") {
  CHECK(value(argmax(deep)) == numbers{11});
  CHECK(value(argmax(deep, axis<2>)) == numbers{2, 2, 2, 2});
  CHECK(value(argmax(deep, axis<1>)) == numbers(12, 0.0));
  // whatever the order in which they are named
  CHECK(value(argmax(deep, axis<3, 0>)) == numbers{3, 3, 3});
  CHECK(value(argmin(-deep, axis<3, 2>)) == numbers{5, 5});
}

TEST_CASE("a NaN is in the place that it has a part in", "[expr]") {
  std::vector<test::bound> const spoiled{{"m", {1, not_a_number, 3, 5, 4, 5}}};
  numbers const largest = test::elements(argmax(m, axis<1>), spoiled);
  REQUIRE(largest.size() == 2);
  CHECK(std::isnan(largest[0]));
  CHECK(largest[1] == 0);
  CHECK(are_nan(test::elements(argmin(m), spoiled)));
  CHECK(value_at({0, -infinity, not_a_number, -infinity}, argmin(v)).size() == 1);
  CHECK(are_nan(value_at({0, -infinity, not_a_number, -infinity}, argmin(v))));
}

TEST_CASE("a traced value has places along the axes that it has", "[expr]") {
  auto const whole = [](auto a) { return argmax(a); };
  CHECK_FALSE(test::refuses(whole, shape(1)));
  CHECK(test::refuses(whole, shape()));
  auto const along = [](auto a) { return argmin(a, axis<0, 2>); };
  CHECK_FALSE(test::refuses(along, shape(2, 3, 2)));
  CHECK(test::refuses(along, shape(2, 3)));
}
