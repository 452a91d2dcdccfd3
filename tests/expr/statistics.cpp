// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/statistics.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/directional.hpp>

#include "expr/operands.hpp"

using namespace ramp;
using namespace ramp::test;

TEST_CASE("variance and standard deviation", "[expr]") {
  CHECK(value(variance(v)) == numbers{30 / 4.0});
  CHECK(value(variance<1>(v)) == numbers{10});
  CHECK(value(variance(m, axis<1>))[1] == Approx(2.0 / 3).epsilon(1e-15));
  CHECK(value(variance<1>(m, axis<0>)) == numbers{4.5, 4.5, 4.5});
  CHECK(value_at({1, 3, 1, 3}, standard_deviation(v)) == numbers{1});
  CHECK(value(standard_deviation<1>(m, axis<1>))[0] == Approx(1.0).epsilon(1e-15));
  CHECK(value(gradient(variance(v), wrt(v))) == numbers{1.5, -0.5, 1, -2});
  CHECK(value_at({1, 3, 1, 3}, gradient(standard_deviation(v), wrt(v))) ==
        numbers{-0.25, 0.25, -0.25, 0.25});
  // of numbers that are large beside their spread
  CHECK(value_at({1e9 + 1, 1e9 + 3, 1e9 + 1, 1e9 + 3}, variance(v)) == numbers{1});
  // equal elements: flat, and not the slope of a square root
  CHECK(value_at({2, 2, 2, 2}, standard_deviation(v)) == numbers{0});
  CHECK(value_at({2, 2, 2, 2}, gradient(standard_deviation(v), wrt(v))) == numbers{0, 0, 0, 0});
  CHECK(are_nan(value_at({2, not_a_number, 2, 2}, gradient(standard_deviation(v), wrt(v)))));
}

TEST_CASE("deviations are from the mean along the named axes", "[expr]") {
  CHECK(value(variance(cube, axis<0, 2>)) == numbers{37 / 4.0, 37 / 4.0, 37 / 4.0});
  for (double each : value(standard_deviation(cube, axis<0>)))
    CHECK(each == Approx(3.0).epsilon(1e-15));
  static_assert(decltype(variance(cube, axis<1>))::shape_of == shape(2, 2));
  // of one element along each axis
  constexpr auto x = variable<"x">;
  CHECK(test::evaluate(variance(x), {{"x", 5.0}}) == 0);
  CHECK(test::evaluate(gradient(standard_deviation(x), wrt(x)), {{"x", 5.0}}) == 0);
}

TEST_CASE("a standard deviation is a norm, which no square limits", "[expr]") {
  CHECK(value_at({1e200, 3e200, 1e200, 3e200}, standard_deviation(v))[0] ==
        Approx(1e200).epsilon(1e-15));
  CHECK(value_at({1e200, 3e200, 1e200, 3e200}, variance(v)) == numbers{infinity});
  CHECK(value_at({1e-200, 3e-200, 1e-200, 3e-200}, standard_deviation<2>(v))[0] ==
        Approx(std::sqrt(2.0) * 1e-200).epsilon(1e-15));
  CHECK(are_nan(value_at({1, infinity, 1, 1}, standard_deviation(v))));
  CHECK(are_nan(value_at({1, infinity, 1, 1}, variance(v))));
}

TEST_CASE("equal elements that are moved apart along a direction", "[expr]") {
  std::vector<test::bound> const at{{"v", {0, 0, 0, 0}}, {"d", {1, 3, 1, 3}}};
  constexpr auto along = directional(variable<"d", 4>);
  CHECK(test::elements(gradient(standard_deviation(v), wrt(v), along), at) ==
        numbers{-0.25, 0.25, -0.25, 0.25});
}

TEST_CASE("a traced value has a variance where there are enough elements", "[expr]") {
  auto const estimate = [](auto a) { return variance<1>(a); };
  CHECK_FALSE(test::refuses(estimate, shape(2)));
  CHECK(test::refuses(estimate, shape(1)));
  CHECK(test::refuses(estimate, shape()));
  CHECK(test::refuses([](auto a) { return variance<-1>(a); }, shape(3)));
  auto const along = [](auto a) { return standard_deviation<2>(a, axis<1>); };
  CHECK_FALSE(test::refuses(along, shape(1, 3)));
  CHECK(test::refuses(along, shape(3, 2)));
  CHECK(test::refuses(along, shape(3)));
}
