// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/layer.hpp>

#include <catch2/catch.hpp>

#include <type_traits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/reduction.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto features = input<"features", 2>;
constexpr auto hidden = dense<"hidden", 3>(features);
constexpr auto weight = parameter<"hidden.weight", 2, 3>;
constexpr auto bias = parameter<"hidden.bias", 3>;

std::vector<test::bound> const values{{"features", {1, -2}},
                                      {"hidden.weight", {1, 2, 3, 4, 5, 6}},
                                      {"hidden.bias", {10, 0, 1}}};

template <class A, class B>
constexpr bool same_expression(A const&, B const&) {
  return std::is_same_v<A, B>;
}

}  // namespace

TEST_CASE("a dense layer is a product and a bias", "[nn]") {
  CHECK(test::elements(hidden, values) == numbers{3, -8, -8});
  static_assert(hidden.shape_of == shape(3));
  static_assert(same_expression(hidden, features * weight + bias));
}

TEST_CASE("a dense layer gives its parameters to those who ask", "[nn]") {
  static_assert(same_expression(dense<"hidden", 3>.weight(features), weight));
  static_assert(same_expression(dense<"hidden", 3>.bias(), bias));
  // an output moves with a weight as much as its input says, and with its bias as much as that
  CHECK(test::elements(gradient(sum(hidden), wrt(weight)), values) ==
        numbers{1, 1, 1, -2, -2, -2});
  CHECK(test::elements(gradient(sum(hidden), wrt(bias)), values) == numbers{1, 1, 1});
}

TEST_CASE("dense layers of one name and other inputs do not share a type", "[nn]") {
  constexpr auto wide = input<"wide", 5>;
  static_assert(!same_expression(dense<"hidden", 3>.weight(wide), weight));
  static_assert(dense<"one", 1>(wide).shape_of == shape(1));
}
