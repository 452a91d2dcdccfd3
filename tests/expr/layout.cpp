// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/slice.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto n = variable<"n", 3, 2>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"y", 4.0},
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"n", {1, 0, 0, 1, 1, 1}},
};

numbers value(auto const& f) { return test::elements(f, values); }

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

TEST_CASE("a stack has a new axis", "[expr]") {
  CHECK(value(stack(x, y, x * y)) == numbers{3, 4, 12});
  CHECK(value(stack(column, 2 * column)) == numbers{1, 2, 3, 2, 4, 6});
  CHECK(value(stack(axis<1>, column, 2 * column)) == numbers{1, 2, 2, 4, 3, 6});
  CHECK(value(stack(axis<1>, m, m + 10)) == numbers{1, 2, 3, 11, 12, 13, 4, 5, 6, 14, 15, 16});
  static_assert(decltype(stack(axis<2>, m, m))::shape_of == shape(2, 3, 2));
  CHECK(value(gradient(dot(stack(x, x * y), row), wrt(x))) == numbers{10 + 4 * 20});
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

TEST_CASE("layouts of four dimensions and of one element", "[expr]") {
  constexpr auto deep = reshape<1, 2, 1, 3>(m);
  CHECK(value(concatenate(axis<2>, deep, 10 * deep)) ==
        numbers{1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60});
  CHECK(value(repeat<2>(deep, axis<1>)) == numbers{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
  CHECK(value(broadcast<2, 2, 1, 3>(deep)) == numbers{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
  static_assert(decltype(stack(reshape<2, 1, 3>(m), reshape<2, 1, 3>(m)))::shape_of ==
                shape(2, 2, 1, 3));
  CHECK(value(reshape<>(reshape<1, 1>(x))) == numbers{3});
  CHECK(value(broadcast<>(x)) == numbers{3});
  CHECK(value(concatenate(row)) == numbers{10, 20});
  CHECK(value(repeat<1>(row)) == numbers{10, 20});
}

TEST_CASE("traced values are joined where they are alike, along an axis that there is", "[expr]") {
  auto const joined = [](auto a, auto b) { return concatenate(axis<1>, a, b); };
  CHECK_FALSE(test::refuses(joined, shape(2, 3), shape(2, 5)));
  CHECK(test::refuses(joined, shape(2, 3), shape(3, 3)));
  CHECK(test::refuses(joined, shape(2, 3), shape(2)));
  CHECK(test::refuses(joined, shape(2), shape(2)));
  auto const stacked = [](auto a, auto b) { return stack(axis<1>, a, b); };
  CHECK_FALSE(test::refuses(stacked, shape(2), shape(2)));
  CHECK(test::refuses(stacked, shape(2), shape(3)));
  CHECK(test::refuses(stacked, shape(), shape()));
  CHECK(test::refuses(stacked, shape(1, 1, 1, 1), shape(1, 1, 1, 1)));
  auto const reshaped = [](auto a) { return reshape<2, 3>(a); };
  CHECK_FALSE(test::refuses(reshaped, shape(3, 1, 2)));
  CHECK(test::refuses(reshaped, shape(5)));
  auto const repeated = [](auto a) { return broadcast<2, 3>(a); };
  CHECK_FALSE(test::refuses(repeated, shape(2, 1)));
  CHECK_FALSE(test::refuses(repeated, shape()));
  CHECK(test::refuses(repeated, shape(2)));
  CHECK(test::refuses(repeated, shape(1, 2, 3)));
  CHECK(test::refuses([](auto a) { return repeat<2>(a, axis<1>); }, shape(2)));
}
