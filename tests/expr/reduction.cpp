// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>

#include "expr/operands.hpp"

using namespace ramp;
using namespace ramp::test;

TEST_CASE("reductions over all or some axes", "[expr]") {
  CHECK(value(sum(m)) == numbers{21});
  CHECK(value(sum(m, axis<0>)) == numbers{5, 7, 9});
  CHECK(value(sum(m, axis<1>)) == numbers{6, 15});
  CHECK(value(sum(cube, axis<0, 2>)) == numbers{14, 22, 30});
  CHECK(value(mean(m)) == numbers{3.5});
  CHECK(value(mean(m, axis<1>)) == numbers{2, 5});
  CHECK(value(product(v)) == numbers{24});
  CHECK(value(product(m, axis<0>)) == numbers{4, 10, 18});
  CHECK(value(product(cube, axis<0, 2>)) == numbers{0, 2 * 3 * 8 * 9, 4 * 5 * 10 * 11});
  CHECK(value(max(cube, axis<1>)) == numbers{4, 5, 10, 11});
  CHECK(value(min(m, axis<0>)) == numbers{1, 2, 3});
  CHECK(value(max(m)) == numbers{6});
  CHECK(value(gradient(max(m), wrt(m))) == numbers{0, 0, 0, 0, 0, 1});
  // of what does not vary
  CHECK(value(sum(broadcast<4, 2, 3>(m), axis<0, 1>)) == numbers{20, 28, 36});
  CHECK(value(sum(broadcast<4, 2, 3>(m))) == numbers{84});
  CHECK(value(mean(broadcast<4, 2, 3>(m), axis<0>)) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(value(product(broadcast<3, 4>(v), axis<0>)) == numbers{27, -1, 8, -64});
}

TEST_CASE("a product has exact derivatives, zeros or not", "[expr]") {
  auto const slope = gradient(product(v), wrt(v));
  CHECK(value_at({2, 3, 5, 7}, slope) == numbers{105, 70, 42, 30});
  CHECK(value_at({2, 0, 5, 7}, slope) == numbers{0, 70, 0, 0});
  CHECK(value_at({2, 0, 5, 0}, slope) == numbers{0, 0, 0, 0});
  CHECK(value_at({-0.0, 3, infinity, 7}, slope)[0] == infinity);
  // only the derivatives by the others have the NaN in them
  numbers const spoiled = value_at({2, not_a_number, 5, 7}, slope);
  CHECK(spoiled[1] == 70);
  CHECK(are_nan({spoiled[0], spoiled[2], spoiled[3]}));
  // the second derivative by two elements is the product of the other two
  CHECK(value_at({2, 0, 5, 7}, hessian(product(v), wrt(v))) ==
        numbers{0, 35, 0, 0, 35, 0, 14, 10, 0, 14, 0, 0, 0, 10, 0, 0});
  // of any length, over any axes
  CHECK(value(gradient(product(slice<0, 0, 1>(v)), wrt(v))) == numbers{1, 0, 0, 0});
  CHECK(value(gradient(product(slice<0, 1, 3>(v)), wrt(v))) == numbers{0, -8, 4, -2});
  CHECK(value(gradient(sum(product(m, axis<0>)), wrt(m))) == numbers{4, 5, 6, 1, 2, 3});
  CHECK(value(gradient(sum(product(cube, axis<0, 2>)), wrt(cube))) ==
        numbers{42, 0, 216, 144, 550, 440, 0, 0, 54, 48, 220, 200});
}

TEST_CASE("a policy for one reduction", "[expr]") {
  numbers const tied{2, -2, 1, 0};
  constexpr auto rows = reshape<2, 2>(v);
  auto of_program = [&](auto const& f) {
    return test::elements(f, {{"v", tied}}, smooth<0.5>.value);
  };
  CHECK(value_at(tied, max(v, smooth<0.5>)) == of_program(max(v)));
  CHECK(value_at(tied, max(v, smooth<0.5>)) != value_at(tied, max(v)));
  CHECK(value_at(tied, min(rows, axis<0>, smooth<0.5>)) == of_program(min(rows, axis<0>)));
  CHECK(value_at(tied, max(rows, axis<1>, smooth<0.5>)) == of_program(max(rows, axis<1>)));
  CHECK(value_at(tied, min(v, smooth<0.5>)) == of_program(min(v)));
  CHECK(value_at(tied, gradient(max(v, smooth<0.5>), wrt(v))) ==
        of_program(gradient(max(v), wrt(v))));
}

TEST_CASE("of one element, and along several axes in any order", "[expr]") {
  constexpr auto x = variable<"x">;
  auto const at = [](auto const& f) { return test::evaluate(f, {{"x", -3.0}}); };
  CHECK(at(sum(x)) == -3);
  CHECK(at(mean(x)) == -3);
  CHECK(at(product(x)) == -3);
  CHECK(at(max(x, symmetric)) == -3);
  CHECK(at(gradient(min(x), wrt(x))) == 1);
  CHECK(value(sum(cube, axis<2, 0>)) == value(sum(cube, axis<0, 2>)));
  static_assert(decltype(mean(cube, axis<1>))::shape_of == shape(2, 2));
}

TEST_CASE("infinities, NaN and ties", "[expr]") {
  CHECK(value_at({1, infinity, 2, 3}, sum(v)) == numbers{infinity});
  CHECK(are_nan(value_at({-infinity, infinity, 2, 3}, mean(v))));
  CHECK(are_nan(value_at({1, not_a_number, 2, infinity}, max(v))));
  CHECK(are_nan(value_at({not_a_number, 1, 2, -infinity}, min(v))));
  CHECK(value_at({-infinity, -infinity, -infinity, -infinity}, max(v)) == numbers{-infinity});
  CHECK(value_at({2, 1, 2, 2}, gradient(max(v), wrt(v))) == numbers{1 / 3.0, 0, 1 / 3.0, 1 / 3.0});
  CHECK(value_at({0.0, -0.0, 1, 1}, gradient(min(v), wrt(v))) == numbers{0.5, 0.5, 0, 0});
}

TEST_CASE("a traced value is folded along the axes that it has", "[expr]") {
  auto const rows = [](auto a) { return sum(a, axis<1>); };
  CHECK_FALSE(test::refuses(rows, shape(2, 3)));
  CHECK(test::refuses(rows, shape(2)));
  CHECK_FALSE(test::refuses([](auto a) { return product(a); }, shape()));
  CHECK(test::refuses([](auto a) { return max(a, axis<0, 2>, symmetric); }, shape(2, 3)));
}
