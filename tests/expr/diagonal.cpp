// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/diagonal.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto single = variable<"single", 1, 1>;
constexpr auto squared = variable<"squared", 3, 3>;

std::vector<test::bound> const values{
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"single", 7.0},
    {"squared", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
};

numbers value(auto const& f) { return test::elements(f, values); }
numbers value(auto const& f, test::bound const& other) {
  auto all = values;
  all.push_back(other);  // the last one counts
  return test::elements(f, all);
}

}  // namespace

TEST_CASE("diagonals and triangles", "[expr]") {
  CHECK(value(diagonal(squared)) == numbers{1, 5, 9});
  CHECK(value(diagonal(m)) == numbers{1, 5});
  CHECK(value(diagonal(transpose(m))) == numbers{1, 5});
  CHECK(value(diagonal_matrix(row)) == numbers{10, 0, 0, 20});
  CHECK(value(diagonal(diagonal_matrix(column))) == numbers{1, 2, 3});
  CHECK(value(lower_triangle(squared)) == numbers{1, 0, 0, 4, 5, 0, 7, 8, 9});
  CHECK(value(lower_triangle<1>(m)) == numbers{1, 2, 0, 4, 5, 6});
  CHECK(value(lower_triangle<-1>(squared)) == numbers{0, 0, 0, 4, 0, 0, 7, 8, 0});
  CHECK(value(upper_triangle(squared)) == numbers{1, 2, 3, 0, 5, 6, 0, 0, 9});
  CHECK(value(upper_triangle<1>(m)) == numbers{0, 2, 3, 0, 0, 6});
  CHECK(value(upper_triangle<-1>(squared)) == numbers{1, 2, 3, 4, 5, 6, 0, 8, 9});
  CHECK(value(trace(squared)) == numbers{15});
  CHECK(value(trace(squared * squared)) == numbers{1 + 8 + 21 + 8 + 25 + 48 + 21 + 48 + 81});
  CHECK(value(gradient(trace(squared * squared), wrt(squared))) ==
        numbers{2, 8, 14, 4, 10, 16, 6, 12, 18});
  test::bound const spoiled{
      "squared", {1, not_a_number, not_a_number, 4, 5, not_a_number, 7, 8, 9}};
  CHECK(value(sum(lower_triangle(squared)), spoiled) == numbers{34});
  CHECK(value(gradient(sum(lower_triangle(squared * 2)), wrt(squared)), spoiled) ==
        numbers{2, 0, 0, 2, 2, 0, 2, 2, 2});
  CHECK(value(trace(squared), spoiled) == numbers{15});
  test::bound const infinite{"row", {std::numeric_limits<double>::infinity(), 1}};
  CHECK(value(diagonal_matrix(row), infinite)[1] == 0);
}

TEST_CASE("diagonals and triangles of one element, and beyond the matrix", "[expr]") {
  CHECK(value(diagonal(single)) == numbers{7});
  CHECK(value(diagonal_matrix(diagonal(single))) == numbers{7});
  CHECK(value(trace(single)) == numbers{7});
  CHECK(value(lower_triangle(single)) == numbers{7});
  CHECK(value(lower_triangle<-1>(single)) == numbers{0});
  CHECK(value(lower_triangle<2>(m)) == value(m));
  CHECK(value(upper_triangle<3>(m)) == numbers(6, 0.0));
  CHECK(value(upper_triangle<-1>(m)) == value(m));
}

TEST_CASE("the derivative by an element off the diagonal is 0", "[expr]") {
  CHECK(value(gradient(dot(diagonal(m), row), wrt(m))) == numbers{10, 0, 0, 0, 20, 0});
  CHECK(value(gradient(sum(hadamard(diagonal_matrix(column), squared)), wrt(column))) ==
        numbers{1, 5, 9});
}

TEST_CASE("a traced value has a diagonal where it is a matrix", "[expr]") {
  auto const of = [](auto a) { return diagonal(a); };
  CHECK_FALSE(test::refuses(of, shape(2, 3)));
  CHECK(test::refuses(of, shape(3)));
  CHECK(test::refuses(of, shape(2, 2, 2)));
  auto const made = [](auto a) { return diagonal_matrix(a); };
  CHECK_FALSE(test::refuses(made, shape(3)));
  CHECK(test::refuses(made, shape()));
  CHECK(test::refuses(made, shape(3, 3)));
  CHECK(test::refuses([](auto a) { return lower_triangle(a); }, shape(3)));
  CHECK(test::refuses([](auto a) { return upper_triangle<1>(a); }, shape(3)));
  CHECK_FALSE(test::refuses([](auto a) { return trace(a); }, shape(3, 3)));
  CHECK(test::refuses([](auto a) { return trace(a); }, shape(2, 3)));
}
