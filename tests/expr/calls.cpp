// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/calls.hpp>

#include <catch2/catch.hpp>

#include <type_traits>

#include <ramp/ramp.hpp>

// Calls that a function takes are not for the table. That each function is in it is a rule of
// tests/headers/rules.py; what it says is in tests/compile_fail/expr/misuse.cpp.

namespace {

using namespace ramp;

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 3, 3>;

/// Whether this is an expression of operands: what the table returns is a number.
template <class T>
constexpr bool is_function_of_operands(T const&) {
  return !std::is_same_v<T, literal>;
}

TEST_CASE("calls with expressions go to the function", "[expr]") {
  STATIC_REQUIRE(is_function_of_operands(exp(x)));
  STATIC_REQUIRE(is_function_of_operands(exp(v)));
  STATIC_REQUIRE(is_function_of_operands(pow(2, x)));
  STATIC_REQUIRE(is_function_of_operands(fma(2.0, x, 1)));
  STATIC_REQUIRE(is_function_of_operands(where(x > 0, 1, x)));
  STATIC_REQUIRE(is_function_of_operands(dot(v, v)));
  STATIC_REQUIRE(is_function_of_operands(solve(m, v)));
}

TEST_CASE("so do calls with axes and policies", "[expr]") {
  STATIC_REQUIRE(is_function_of_operands(relu(x, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(max(x, 2, at_zero<1.0>)));
  STATIC_REQUIRE(is_function_of_operands(max(m, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(max(m, axis<0>, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(clamp(x, 0, 1, symmetric)));
  STATIC_REQUIRE(is_function_of_operands(sum(m, axis<0, 1>)));
  STATIC_REQUIRE(is_function_of_operands(concatenate(axis<1>, m, m)));
  STATIC_REQUIRE(is_function_of_operands(gradient(x * x, wrt(x))));
  STATIC_REQUIRE(is_function_of_operands(gradient(relu(x), wrt(x), symmetric)));
  STATIC_REQUIRE(is_function_of_operands(gradient(relu(x), wrt(x), directional(1.0))));
  STATIC_REQUIRE(is_function_of_operands(gradient(relu(x), wrt(x), interval)));
  STATIC_REQUIRE(is_function_of_operands(jvp(relu(v), wrt(v), v, symmetric)));
}

TEST_CASE("so do calls with template arguments", "[expr]") {
  STATIC_REQUIRE(is_function_of_operands(polygamma<2>(x)));
  STATIC_REQUIRE(is_function_of_operands(reshape<1, 9>(m)));
  STATIC_REQUIRE(is_function_of_operands(transpose<1, 0>(m)));
  STATIC_REQUIRE(is_function_of_operands(slice<0, 0, 2>(v)));
  STATIC_REQUIRE(is_function_of_operands(split<1, 2>(v)));
  STATIC_REQUIRE(is_function_of_operands(repeat<2>(m, axis<1>)));
  STATIC_REQUIRE(is_function_of_operands(gather<0>(v, x)));
  STATIC_REQUIRE(is_function_of_operands(gather<0, 2, 1>(v)));
  STATIC_REQUIRE(is_function_of_operands(variance<1>(m, axis<0>)));
  STATIC_REQUIRE(is_function_of_operands(einsum<"ij,j->i">(m, v)));
  STATIC_REQUIRE(is_function_of_operands(trace<"a", "b">([](auto a, auto b) { return a * b; })));
  STATIC_REQUIRE(is_function_of_operands(iterate<3>([](auto a) { return sin(a); }, x)));
  STATIC_REQUIRE(is_function_of_operands(apply<op::mish>(x)));
}

}  // namespace
