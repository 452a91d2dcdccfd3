// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/calls.hpp>

#include <catch2/catch.hpp>

#include <type_traits>

#include <ramp/ramp.hpp>

// As in tests/expr/calls.cpp.

namespace {

using namespace ramp;

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 4>;

template <class T>
constexpr bool is_function_of_operands(T const&) {
  return !std::is_same_v<T, literal>;
}

TEST_CASE("calls with expressions go to the activation or loss", "[nn]") {
  STATIC_REQUIRE(is_function_of_operands(gelu(v)));
  STATIC_REQUIRE(is_function_of_operands(elu(v)));
  STATIC_REQUIRE(is_function_of_operands(elu<0.5>(v)));
  STATIC_REQUIRE(is_function_of_operands(elu<0.5>(v, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(leaky_relu(x, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(parametric_relu(v, x, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(threshold<0.5, 0.0>(v)));
  STATIC_REQUIRE(is_function_of_operands(glu(v, axis<0>)));
  STATIC_REQUIRE(is_function_of_operands(maxout<2>(v)));
  STATIC_REQUIRE(is_function_of_operands(cross_entropy(v, class_label<"label", 4>)));
  STATIC_REQUIRE(is_function_of_operands(mean_squared_error(v, 1.0)));
  STATIC_REQUIRE(is_function_of_operands(huber<0.5>(v)));
  STATIC_REQUIRE(is_function_of_operands(hinge(v, symmetric)));
}

}  // namespace
