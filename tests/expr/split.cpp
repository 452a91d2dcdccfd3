// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/split.hpp>

#include <catch2/catch.hpp>

#include <tuple>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/trace.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto deep = variable<"deep", 2, 1, 3, 2>;

std::vector<test::bound> const values{
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"deep", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }

}  // namespace

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

TEST_CASE("parts have the other axes of the whole", "[expr]") {
  auto const [all] = split<1>(m);
  CHECK(value(all) == value(m));
  auto const [front, back] = split<2, 1>(deep, axis<2>);
  static_assert(decltype(front)::shape_of == shape(2, 1, 2, 2));
  CHECK(value(front) == numbers{0, 1, 2, 3, 6, 7, 8, 9});
  CHECK(value(back) == numbers{4, 5, 10, 11});
}

TEST_CASE("a derivative goes to the elements of its part", "[expr]") {
  auto const [first, rest] = split<1, 2>(column);
  CHECK(value(gradient(dot(rest, row), wrt(column))) == numbers{0, 10, 20});
  CHECK(value(gradient(sum(first) * sum(rest), wrt(column))) == numbers{5, 1, 1});
}

TEST_CASE("the sizes of the parts", "[expr]") {
  using equal = detail::partition<3>;
  static_assert(equal::count == 3);
  static_assert(equal::fits(6) && equal::fits(3) && !equal::fits(7) && !equal::fits(2));
  static_assert(equal::size(2, 6) == 2 && equal::first(2, 6) == 4);
  using sized = detail::partition<1, 4, 2>;
  static_assert(sized::count == 3);
  static_assert(sized::fits(7) && !sized::fits(14) && !sized::fits(6));
  static_assert(sized::size(1, 7) == 4 && sized::first(0, 7) == 0 && sized::first(2, 7) == 5);
  static_assert(!detail::partition<2, -1>::fits(1) && !detail::partition<0, 3>::fits(3));
}

TEST_CASE("a traced value is split where the parts are all of the axis", "[expr]") {
  auto const halves = [](auto a) { return split<2>(a)[0]; };
  CHECK_FALSE(test::refuses(halves, shape(4)));
  CHECK(test::refuses(halves, shape(5)));
  CHECK(test::refuses(halves, shape()));
  auto const sized = [](auto a) { return split<2, 3>(a, axis<1>)[1]; };
  CHECK_FALSE(test::refuses(sized, shape(1, 5)));
  CHECK(test::refuses(sized, shape(5, 6)));
  CHECK(test::refuses(sized, shape(5)));
}
