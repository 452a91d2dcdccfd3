// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/cumulative.hpp>

#include <catch2/catch.hpp>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/operands.hpp"

using namespace ramp;
using namespace ramp::test;

TEST_CASE("cumulative sums", "[expr]") {
  CHECK(value(cumulative_sum(v)) == numbers{3, 2, 4, 0});
  CHECK(value(cumulative_sum<-1>(v)) == numbers{0, -3, -2, -4});
  CHECK(value(cumulative_sum(m)) == numbers{1, 3, 6, 4, 9, 15});
  CHECK(value(cumulative_sum(m, axis<0>)) == numbers{1, 2, 3, 5, 7, 9});
  CHECK(value(cumulative_sum<-1>(cube, axis<1>)) ==
        numbers{6, 9, 6, 8, 4, 5, 24, 27, 18, 20, 10, 11});
  CHECK(value(gradient(dot(cumulative_sum(v), v), wrt(v))) == numbers{3, -1, 2, -4});
  // a NaN is in the sums that it is part of
  numbers const spoiled = value_at({1, not_a_number, 2, 3}, cumulative_sum(v));
  CHECK(spoiled[0] == 1);
  CHECK(are_nan({spoiled[1], spoiled[2], spoiled[3]}));
}

TEST_CASE("cumulative sums of any rank", "[expr]") {
  CHECK(value(cumulative_sum(deep, axis<2>)) ==
        numbers{0, 1, 2, 4, 6, 9, 6, 7, 14, 16, 24, 27});
  CHECK(value(cumulative_sum(deep, axis<1>)) == value(deep));
  CHECK(value(cumulative_sum<-1>(deep)) == numbers{1, 1, 5, 3, 9, 5, 13, 7, 17, 9, 21, 11});
}

TEST_CASE("elements are summed in order", "[expr]") {
  CHECK(value_at({1, 1e17, -1e17, 2}, cumulative_sum(v)) == numbers{1, 1e17, 0, 2});
  CHECK(value_at({1, 1e17, -1e17, 2}, cumulative_sum<-1>(v)) == numbers{1, 0, -1e17, 2});
}

TEST_CASE("the derivative of a cumulative sum is one from the other end", "[expr]") {
  CHECK(value(vjp(cumulative_sum(v), wrt(v), v)) == value(cumulative_sum<-1>(v)));
  CHECK(value(jacobian(cumulative_sum<-1>(v), wrt(v))) ==
        numbers{1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1});
}

TEST_CASE("a traced value is summed along an axis that it has", "[expr]") {
  auto const last = [](auto a) { return cumulative_sum(a); };
  CHECK_FALSE(test::refuses(last, shape(2, 3)));
  CHECK(test::refuses(last, shape()));
  CHECK(test::refuses([](auto a) { return cumulative_sum<-1>(a, axis<1>); }, shape(3)));
}
