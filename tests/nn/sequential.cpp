// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/sequential.hpp>

#include <catch2/catch.hpp>

#include <type_traits>
#include <vector>

#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/nn/activation.hpp>
#include <ramp/nn/layer.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr auto features = input<"features", 2>;

constexpr auto hidden = dense<"hidden", 3>;
constexpr auto output = dense<"output", 1>;

std::vector<test::bound> const values{{"features", {1, -2}},
                                      {"hidden.weight", {1, 2, 3, 4, 5, 6}},
                                      {"hidden.bias", {10, 0, 1}},
                                      {"output.weight", {1, 1, 1}},
                                      {"output.bias", numbers{0.5}}};

template <class A, class B>
constexpr bool same_expression(A const&, B const&) {
  return std::is_same_v<A, B>;
}

}  // namespace

TEST_CASE("layers in sequence", "[nn]") {
  constexpr auto network = sequential(hidden, activation::relu, output);
  static_assert(same_expression(network(features), output(relu(hidden(features)))));
  CHECK(test::elements(network(features), values) == numbers{3.5});
}

TEST_CASE("the order of layers counts", "[nn]") {
  constexpr auto twice = [](auto const& x) { return x + x; };
  constexpr auto square = [](auto const& x) { return x * x; };
  CHECK(test::elements(sequential(twice)(features), values) == numbers{2, -4});
  CHECK(test::elements(sequential(twice, square)(features), values) == numbers{4, 16});
  CHECK(test::elements(sequential(square, twice)(features), values) == numbers{2, 8});
}

TEST_CASE("a sequence is a layer", "[nn]") {
  constexpr auto block = sequential(hidden, activation::relu);
  static_assert(std::is_empty_v<decltype(block)>);
  static_assert(same_expression(sequential(block, output)(features),
                                sequential(hidden, activation::relu, output)(features)));
  static_assert(same_expression(sequential()(features), features));
}
