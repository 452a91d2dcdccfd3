// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/gather.hpp>

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

using numbers = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr auto x = variable<"x">;
constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto cube = variable<"cube", 2, 3, 2>;
constexpr auto label = class_label<"label", 3>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
    {"label", 2.0},
};

numbers value(auto const& f) { return test::elements(f, values); }
numbers value(auto const& f, test::bound const& other) {
  auto all = values;
  all.push_back(other);  // the last one counts
  return test::elements(f, all);
}

int count_of(ir::opcode operation, auto const& f) {
  lowerer l(standard.value);
  l.add_constant(f);
  int count = 0;
  for (ir::node const& n : l.finish().graph.nodes) count += n.is(operation) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("gather at constant places", "[expr]") {
  CHECK(value(gather<0, 2, 0, 1>(column)) == numbers{3, 1, 2});
  CHECK(value(gather<1, 0, 2, 0, 0>(m)) == numbers{1, 3, 1, 1, 4, 6, 4, 4});
  CHECK(value(gather<0, 1>(m)) == numbers{4, 5, 6});
  CHECK(value(gradient(dot(gather<0, 2, 2, 0>(column), column), wrt(column))) ==
        numbers{3 + 3, 3, 1 + 1 + 2});
  // places that are equally far from each other are one slice
  CHECK(count_of(ir::code<op::slice>, gather<1, 0, 2, 4, 6, 5, 4>(variable<"v", 1, 7>)) == 2);
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

TEST_CASE("the dimensions of the index take the place of the axis", "[expr]") {
  static_assert(decltype(gather<1>(cube, m))::shape_of == shape(2, 2, 3, 2));
  CHECK(value(gather<0>(column, m - 1)) == numbers{1, 2, 3, 0, 0, 0});
  CHECK(value(gather<0>(cube, row / 20)) == numbers{0, 0, 0, 0, 0, 0, 6, 7, 8, 9, 10, 11});
  CHECK(value(gather<0>(column, 1)) == numbers{2});
  CHECK(value(gather<0>(column, -0.0 * x)) == numbers{1});  // -0 is a whole number
}

TEST_CASE("a NaN among the indices is one in its own place", "[expr]") {
  test::bound const spoiled{"row", {not_a_number, 20}};
  numbers const chosen = value(gather<0>(column, row / 10), spoiled);
  REQUIRE(chosen.size() == 2);
  CHECK(std::isnan(chosen[0]));
  CHECK(chosen[1] == 3);
  CHECK(value(gradient(sum(gather<0>(column, row / 10)), wrt(row)), spoiled) == numbers{0, 0});
  // a label cannot be NaN, and is not asked
  CHECK(count_of(ir::code<op::where>, gather<0>(column, x)) == 2);
  CHECK(count_of(ir::code<op::where>, gather<0>(column, label)) == 1);
}

TEST_CASE("one_hot", "[expr]") {
  CHECK(value(one_hot<3>(label)) == numbers{0, 0, 1});
  CHECK(value(one_hot<4>(row / 10)) == numbers{0, 1, 0, 0, 0, 0, 1, 0});
  CHECK(value(one_hot<3>(x)) == numbers{0, 0, 0});
  CHECK(value(one_hot<3>(x), {"x", 0.5}) == numbers{0, 0, 0});
  CHECK(value(one_hot<3>(x), {"x", not_a_number}) == numbers{0, 0, 0});
  CHECK(value(gradient(dot(one_hot<3>(x), column), wrt(x))) == numbers{0});
}

TEST_CASE("a traced value is gathered from where there is the axis and the room", "[expr]") {
  auto const places = [](auto a) { return gather<1, 2, 0>(a); };
  CHECK_FALSE(test::refuses(places, shape(1, 3)));
  CHECK(test::refuses(places, shape(3, 2)));
  CHECK(test::refuses(places, shape(3)));
  CHECK(test::refuses([](auto a) { return gather<0, -1>(a); }, shape(3)));
  auto const along = [](auto a, auto index) { return gather<1>(a, index); };
  CHECK_FALSE(test::refuses(along, shape(2, 3, 2), shape(5, 5)));
  CHECK(test::refuses(along, shape(2, 3, 2), shape(5, 5, 5)));
  CHECK(test::refuses(along, shape(2), shape()));
  auto const hot = [](auto a) { return one_hot<2>(a); };
  CHECK_FALSE(test::refuses(hot, shape(1, 1, 1)));
  CHECK(test::refuses(hot, shape(1, 1, 1, 1)));
}
