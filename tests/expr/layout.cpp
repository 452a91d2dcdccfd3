// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/diagonal.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/gather.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/slice.hpp>
#include <ramp/expr/split.hpp>
#include <ramp/expr/trace.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto n = variable<"n", 3, 2>;
constexpr auto squared = variable<"squared", 3, 3>;
constexpr auto cube = variable<"cube", 2, 3, 2>;
constexpr auto label = class_label<"label", 3>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"y", 4.0},
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"n", {1, 0, 0, 1, 1, 1}},
    {"squared", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
    {"label", 2.0},
};

numbers value(auto const& f) { return test::elements(f, values); }
numbers value(auto const& f, test::bound const& other) {
  auto all = values;
  all.push_back(other);  // the last one counts
  return test::elements(f, all);
}

}  // namespace

TEST_CASE("reshape, broadcast and concatenate", "[expr]") {
  CHECK(value(reshape<3, 2>(m)) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(value(reshape<3, 2>(transpose(m))) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(broadcast<2, 3>(column)) == numbers{1, 2, 3, 1, 2, 3});
  CHECK(value(broadcast<2, 3>(reshape<2, 1>(row))) == numbers{10, 10, 10, 20, 20, 20});
  CHECK(value(concatenate(row, column, row)) == numbers{10, 20, 1, 2, 3, 10, 20});
  CHECK(value(concatenate(axis<1>, m, transpose(n))) ==
        numbers{1, 2, 3, 1, 0, 1, 4, 5, 6, 0, 1, 1});
  CHECK(value(m + broadcast<2, 3>(column)) == numbers{2, 4, 6, 5, 7, 9});
  CHECK(value(gradient(sum(hadamard(reshape<3, 2>(m), n)), wrt(m))) == numbers{1, 0, 0, 1, 1, 1});
  CHECK(value(gradient(sum(concatenate(axis<0>, m, 2 * m)), wrt(m))) ==
        numbers{3, 3, 3, 3, 3, 3});
  CHECK(value(gradient(sum(hadamard(broadcast<2, 3>(column), m)), wrt(column))) ==
        numbers{5, 7, 9});
}

TEST_CASE("slices, flips and pads", "[expr]") {
  CHECK(value(slice<1, 1, 2>(m)) == numbers{2, 3, 5, 6});
  CHECK(value(slice<0, 1, 1>(transpose(m))) == numbers{2, 5});
  CHECK(value(slice<1, 0, 2, 2>(m)) == numbers{1, 3, 4, 6});
  CHECK(value(slice<1, 2, 2, -1>(m)) == numbers{3, 2, 6, 5});
  CHECK(value(flip(m)) == numbers{6, 5, 4, 3, 2, 1});
  CHECK(value(flip(m, axis<0>)) == numbers{4, 5, 6, 1, 2, 3});
  CHECK(value(flip(flip(cube, axis<0, 2>), axis<2, 0>)) == value(cube));
  CHECK(value(pad<0, 1, 2>(row)) == numbers{0, 10, 20, 0, 0});
  CHECK(value(pad<1, 0, 1>(m)) == numbers{1, 2, 3, 0, 4, 5, 6, 0});
  CHECK(value(gradient(dot(slice<0, 1, 2>(column), row), wrt(column))) == numbers{0, 10, 20});
  CHECK(value(gradient(dot(slice<0, 2, 2, -2>(column), row), wrt(column))) == numbers{20, 0, 10});
  CHECK(value(gradient(dot(flip(column), 2 * column), wrt(column))) == numbers{12, 8, 4});
  CHECK(value(gradient(dot(pad<0, 1, 0>(row), column), wrt(row))) == numbers{2, 3});
}

TEST_CASE("a stack has a new axis", "[expr]") {
  CHECK(value(stack(x, y, x * y)) == numbers{3, 4, 12});
  CHECK(value(stack(column, 2 * column)) == numbers{1, 2, 3, 2, 4, 6});
  CHECK(value(stack(axis<1>, column, 2 * column)) == numbers{1, 2, 2, 4, 3, 6});
  CHECK(value(stack(axis<1>, m, m + 10)) == numbers{1, 2, 3, 11, 12, 13, 4, 5, 6, 14, 15, 16});
  static_assert(decltype(stack(axis<2>, m, m))::shape_of == shape(2, 3, 2));
  CHECK(value(gradient(dot(stack(x, x * y), row), wrt(x))) == numbers{10 + 4 * 20});
}

TEST_CASE("a split gives parts to take apart", "[expr]") {
  auto const [first, second, third] = split<3>(column);
  CHECK(value(first) == numbers{1});
  CHECK(value(second + 10 * third) == numbers{32});
  auto const [one, two] = split<1, 2>(m, axis<1>);
  CHECK(value(one) == numbers{1, 4});
  CHECK(value(two) == numbers{2, 3, 5, 6});
  auto const [a, b] = split<2>(2.0 * row + 0.5);  // each part has the numbers of the whole
  CHECK(value(a) == numbers{20.5});
  CHECK(value(b) == numbers{40.5});
  // in a traced function too
  constexpr auto f = trace<"column">(
      [](auto v) {
        auto const [p, q, r] = split<3>(v);
        return sum(p * q + r);
      },
      shaped<3>);
  CHECK(value(f) == numbers{5});
}

TEST_CASE("repeat whole axes, or each element", "[expr]") {
  CHECK(value(repeat<2>(row)) == numbers{10, 20, 10, 20});
  CHECK(value(repeat<2>(m, axis<1>)) == numbers{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6});
  CHECK(value(repeat_each<2>(row)) == numbers{10, 10, 20, 20});
  CHECK(value(repeat_each<2>(m)) == numbers{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6});
  // a b a b a b times b b b a a a: a^2 + b^2 + 4 a b
  CHECK(value(gradient(dot(repeat<3>(row), flip(repeat_each<3>(row))), wrt(row))) ==
        numbers{2 * 10 + 4 * 20, 2 * 20 + 4 * 10});
}

TEST_CASE("gather at constant places", "[expr]") {
  CHECK(value(gather<0, 2, 0, 1>(column)) == numbers{3, 1, 2});
  CHECK(value(gather<1, 0, 2, 0, 0>(m)) == numbers{1, 3, 1, 1, 4, 6, 4, 4});
  CHECK(value(gather<0, 1>(m)) == numbers{4, 5, 6});
  CHECK(value(gradient(dot(gather<0, 2, 2, 0>(column), column), wrt(column))) ==
        numbers{3 + 3, 3, 1 + 1 + 2});
  // places that are equally far from each other are one slice
  lowerer l(standard.value);
  l.add_constant(gather<1, 0, 2, 4, 6, 5, 4>(variable<"v", 1, 7>));
  int slices = 0;
  for (ir::node const& i : l.finish().graph.nodes) slices += i.is(ir::code<op::slice>) ? 1 : 0;
  CHECK(slices == 2);
}

TEST_CASE("gather where a run-time index says", "[expr]") {
  CHECK(value(gather<0>(column, label)) == numbers{3});
  CHECK(value(gather<1>(m, label)) == numbers{3, 6});
  CHECK(value(gather<1>(cube, label - 2)) == numbers{0, 1, 6, 7});
  CHECK(value(gather<1>(m, row / 10)) == numbers{2, 3, 5, 6});
  CHECK(value(gather<1>(cube, row / 10 - 1)) == numbers{0, 1, 2, 3, 6, 7, 8, 9});
  CHECK(value(gradient(sum(gather<1>(m, row / 10)), wrt(m))) == numbers{0, 1, 1, 0, 1, 1});
  CHECK(value(gradient(gather<0>(column, x), wrt(x))) == numbers{0});
  // an index that names no element chooses 0
  for (double none : {-1.0, 3.0, 0.5, 1e300, -std::numeric_limits<double>::infinity()})
    CHECK(value(gather<0>(column, x), {"x", none}) == numbers{0});
  CHECK(std::isnan(value(gather<0>(column, x), {"x", not_a_number})[0]));
  // what is not chosen has no say
  test::bound const spoiled{"column", {not_a_number, 2, not_a_number}};
  CHECK(value(gather<0>(column, x - 2), spoiled) == numbers{2});
  CHECK(value(gradient(gather<0>(log(column), x - 2), wrt(column)), {"column", {0, 2, -1}}) ==
        numbers{0, 0.5, 0});
}

TEST_CASE("one_hot", "[expr]") {
  CHECK(value(one_hot<3>(label)) == numbers{0, 0, 1});
  CHECK(value(one_hot<4>(row / 10)) == numbers{0, 1, 0, 0, 0, 0, 1, 0});
  CHECK(value(one_hot<3>(x)) == numbers{0, 0, 0});
  CHECK(value(one_hot<3>(x), {"x", 0.5}) == numbers{0, 0, 0});
  CHECK(value(one_hot<3>(x), {"x", not_a_number}) == numbers{0, 0, 0});
  CHECK(value(gradient(dot(one_hot<3>(x), column), wrt(x))) == numbers{0});
}

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

TEST_CASE("transposes in any order", "[expr]") {
  CHECK(value(transpose(m)) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(transpose<2, 0, 1>(cube)) == numbers{0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11});
  CHECK(value(transpose<1, 0, 2>(cube)) == numbers{0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11});
}
