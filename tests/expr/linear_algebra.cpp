// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/linear_algebra.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/leaf.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto x = variable<"x">;
constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto n = variable<"n", 3, 2>;
constexpr auto cube = variable<"cube", 2, 3, 2>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"n", {1, 0, 0, 1, 1, 1}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }

}  // namespace

TEST_CASE("products of linear algebra", "[expr]") {
  CHECK(value(row * m) == numbers{90, 120, 150});
  CHECK(value(m * column) == numbers{14, 32});
  CHECK(value(m * n) == numbers{4, 5, 10, 11});
  CHECK(value(column * column) == numbers{1, 4, 9});
  CHECK(value(2 * m) == numbers{2, 4, 6, 8, 10, 12});
  CHECK(value(hadamard(m, m)) == numbers{1, 4, 9, 16, 25, 36});
  CHECK(value(dot(column, column)) == numbers{14});
  CHECK(value(outer(row, column)) == numbers{10, 20, 30, 20, 40, 60});
  CHECK(value(transpose(m) * row) == numbers{90, 120, 150});
  CHECK(value(m * transpose(m)) == numbers{14, 32, 32, 77});
}

TEST_CASE("transposes in any order", "[expr]") {
  CHECK(value(transpose(m)) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(transpose<2, 0, 1>(cube)) == numbers{0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11});
  CHECK(value(transpose<1, 0, 2>(cube)) == numbers{0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11});
  CHECK(value(transpose(cube)) == numbers{0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11});
  CHECK(value(transpose<0, 2, 1>(cube)) == numbers{0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11});
  CHECK(value(transpose(x)) == numbers{3});
}

TEST_CASE("a scalar multiplies anything, and operands of rank 1 element by element", "[expr]") {
  CHECK(value(x * cube) == value(cube * 3));
  static_assert(decltype(x * cube)::shape_of == shape(2, 3, 2));
  CHECK(value(x * x) == numbers{9});
  CHECK(value(hadamard(cube, x)) == value(3.0 * cube));
  CHECK(value(outer(x, row)) == numbers{30, 60});
  CHECK(value(outer(m, m))[10] == 2 * 5);
  static_assert(decltype(outer(m, n))::shape_of == shape(2, 3, 3, 2));
  static_assert(decltype(outer(row, column))::shape_of == shape(2, 3));
}

TEST_CASE("a quadratic form and its derivatives", "[expr]") {
  constexpr auto a = outer(column, column) + outer(column, hadamard(column, column));
  // x x' + x (x^2)' on x: 14^2 + 14 * 36
  CHECK(value(quadratic_form(a, column)) == numbers{14 * 14 + 14 * 36});
  constexpr auto s = variable<"s", 2, 2>;
  auto const at = [](auto const& f) {
    return test::elements(f, {{"s", {1, 2, 5, 3}}, {"row", {10, 20}}});
  };
  CHECK(at(quadratic_form(s, row)) == numbers{100 + 7 * 200 + 3 * 400});
  CHECK(at(gradient(quadratic_form(s, row), wrt(row))) == at((s + transpose(s)) * row));
  CHECK(at(gradient(quadratic_form(s, row), wrt(s))) == at(outer(row, row)));
}

TEST_CASE("the derivatives of products are products", "[expr]") {
  CHECK(value(gradient(dot(row, m * column), wrt(m))) == value(outer(row, column)));
  CHECK(value(gradient(dot(row * m, column), wrt(row))) == value(m * column));
  CHECK(value(jvp(m * n, wrt(m), m)) == value(m * n));
  CHECK(value(gradient(dot(column, column), wrt(column))) == value(2 * column));
}

TEST_CASE("every product of a sum counts, with 0 times infinity", "[expr]") {
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<test::bound> const spoiled{{"m", {0, 1, 1, 1, 1, 1}}, {"column", {infinity, 1, 1}}};
  numbers const both = test::elements(m * column, spoiled);
  REQUIRE(both.size() == 2);
  CHECK(std::isnan(both[0]));
  CHECK(both[1] == infinity);
}

TEST_CASE("traced values have the products that their shapes allow", "[expr]") {
  auto const times = [](auto a, auto b) { return a * b; };
  CHECK_FALSE(test::refuses(times, shape(2, 3), shape(3, 4)));
  CHECK(test::refuses(times, shape(2, 3), shape(2, 3)));
  CHECK(test::refuses(times, shape(2, 3), shape(2)));
  CHECK_FALSE(test::refuses(times, shape(3), shape(3)));
  CHECK(test::refuses(times, shape(3), shape(4)));
  CHECK_FALSE(test::refuses(times, shape(), shape(2, 2, 2)));
  CHECK(test::refuses(times, shape(2, 2, 2), shape(2, 2, 2)));
  CHECK(test::refuses(times, shape(2, 2), shape(2, 2, 2)));
  auto const inner = [](auto a, auto b) { return dot(a, b); };
  CHECK_FALSE(test::refuses(inner, shape(3), shape(3)));
  CHECK(test::refuses(inner, shape(3), shape(4)));
  CHECK(test::refuses(inner, shape(2, 2), shape(2, 2)));
  auto const form = [](auto a, auto b) { return quadratic_form(a, b); };
  CHECK_FALSE(test::refuses(form, shape(3, 3), shape(3)));
  CHECK(test::refuses(form, shape(3, 2), shape(3)));
  CHECK(test::refuses(form, shape(2, 2), shape(3)));
  auto const products = [](auto a, auto b) { return outer(a, b); };
  CHECK_FALSE(test::refuses(products, shape(2, 2), shape(2, 2)));
  CHECK(test::refuses(products, shape(2, 2, 2), shape(2, 2)));
  auto const turned = [](auto a) { return transpose<1, 0>(a); };
  CHECK_FALSE(test::refuses(turned, shape(2, 3)));
  CHECK(test::refuses(turned, shape(2)));
  CHECK(test::refuses(turned, shape(2, 3, 4)));
}
