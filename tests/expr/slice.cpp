// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/slice.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr auto x = variable<"x">;
constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto cube = variable<"cube", 2, 3, 2>;
constexpr auto deep = variable<"deep", 2, 1, 3, 2>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
    {"deep", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }

}  // namespace

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

TEST_CASE("slices, flips and pads of any rank", "[expr]") {
  static_assert(decltype(slice<2, 1, 2>(deep))::shape_of == shape(2, 1, 2, 2));
  CHECK(value(slice<2, 1, 2>(deep)) == numbers{2, 3, 4, 5, 8, 9, 10, 11});
  CHECK(value(slice<0, 2, 3, -1>(column)) == numbers{3, 2, 1});
  CHECK(value(slice<0, 1, 1, 7>(column)) == numbers{2});  // of one element no step is taken
  CHECK(value(flip(deep, axis<2>)) == numbers{4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7});
  CHECK(value(flip(x)) == numbers{3});
  static_assert(decltype(pad<1, 1, 1>(deep))::shape_of == shape(2, 3, 3, 2));
  CHECK(value(pad<1, 1, 0>(slice<2, 0, 1>(deep))) == numbers{0, 0, 0, 1, 0, 0, 6, 7});
  CHECK(value(pad<0, 0, 0>(row)) == numbers{10, 20});
}

TEST_CASE("what is around is 0, whatever is padded", "[expr]") {
  CHECK(test::elements(pad<0, 1, 1>(row), {{"row", {infinity, -infinity}}}) ==
        numbers{0, infinity, -infinity, 0});
}

TEST_CASE("a traced value is sliced on the axes that it has", "[expr]") {
  auto const middle = [](auto a) { return slice<1, 1, 2, 2>(a); };
  CHECK_FALSE(test::refuses(middle, shape(2, 4)));
  CHECK(test::refuses(middle, shape(2, 3)));
  CHECK(test::refuses(middle, shape(4)));
  auto const backwards = [](auto a) { return slice<0, 2, 2, -2>(a); };
  CHECK_FALSE(test::refuses(backwards, shape(3)));
  CHECK(test::refuses(backwards, shape(2)));
  CHECK(test::refuses([](auto a) { return slice<0, 1, 2, -2>(a); }, shape(3)));
  CHECK(test::refuses([](auto a) { return slice<0, -1, 2>(a); }, shape(3)));
  CHECK(test::refuses([](auto a) { return flip(a, axis<1>); }, shape(3)));
  CHECK(test::refuses([](auto a) { return pad<1, 1, 1>(a); }, shape(3)));
  CHECK_FALSE(test::refuses([](auto a) { return pad<1, 1, 1>(a); }, shape(3, 1)));
}
