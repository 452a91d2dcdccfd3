// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto u = variable<"u">;
constexpr auto w = variable<"w">;

/// The value of f at u = a, w = b.
double at(auto const& f, double a, double b = 0.0) {
  return test::evaluate(f, {{"u", a}, {"w", b}});
}

}  // namespace

TEST_CASE("arithmetic takes expressions and numbers on either side", "[expr]") {
  CHECK(at(u + w, 3, 4) == 7.0);
  CHECK(at(u - w, 3, 4) == -1.0);
  CHECK(at(u * w, 3, 4) == 12.0);
  CHECK(at(u / w, 3, 4) == 0.75);
  CHECK(at(-u, 3) == -3.0);
  CHECK(at(+u, 3) == 3.0);
  CHECK(at(2 + u, 3) == 5.0);
  CHECK(at(u - 2.5f, 3) == 0.5);
  CHECK(at(12 / u, 3) == 4.0);
  CHECK(at(0.5_c * u, 3) == 1.5);
  CHECK(at(u * constant<-0.25>, 3) == -0.75);
  CHECK(at(1 - 2 * u / (w + 4u), 3, 4) == 0.25);
}

TEST_CASE("comparisons are 0 or 1, and conditions combine", "[expr]") {
  CHECK(at(u < w, 1, 2) == 1.0);
  CHECK(at(u <= w, 2, 2) == 1.0);
  CHECK(at(u > w, 1, 2) == 0.0);
  CHECK(at(u >= w, 1, 2) == 0.0);
  CHECK(at(u == w, 1, 2) == 0.0);
  CHECK(at(u != w, 1, 2) == 1.0);
  CHECK(at(0 < u && u < 2, 1) == 1.0);
  CHECK(at(0 < u && u < 2, 3) == 0.0);
  CHECK(at(u < 0 || u > 2, 3) == 1.0);
  CHECK(at(!(u < 0), 3) == 1.0);
}

TEST_CASE("a literal in a decimal type is correctly rounded", "[expr]") {
  CHECK(decltype(0.1_c)::value == 0.1);
  CHECK(decltype(1e-5_c)::value == 1e-5);
  CHECK(decltype(123456.789_c)::value == 123456.789);
  CHECK(decltype(1'000.5e3_c)::value == 1000.5e3);
  CHECK(decltype(7_c)::value == 7.0);
}

TEST_CASE("sharing costs nothing: u * u twelve deep", "[expr]") {
  // not deeper: debug information writes the name of a type out, twice as long at every turn
  constexpr auto deep = [] {
    constexpr auto square = [](auto a) { return a * a + 0.5_c; };
    constexpr auto four = [=](auto a) { return square(square(square(square(a)))); };
    return four(four(four(u)));
  }();
  static_assert(sizeof(deep) == 1);
  lowerer l(standard.value);
  l.add_constant(deep);
  CHECK(l.finish().graph.size() <= 37);
}

TEST_CASE("raw numbers are constants in one form and arguments in the other", "[expr]") {
  constexpr auto f = 2.0 * u + 3.0;
  static_assert(decltype(f)::literal_count == 2);
  lowerer constants(standard.value);
  constants.add_constant(f);
  CHECK(constants.finish().graph.arguments.size() == 1);
  lowerer arguments(standard.value);
  arguments.add<std::remove_const_t<decltype(f)>>();
  lowered const l = arguments.finish();
  REQUIRE(l.graph.arguments.size() == 3);
  CHECK(l.graph.arguments[0].name.empty());
  CHECK(l.graph.arguments[2].name == "u");
}
