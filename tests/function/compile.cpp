// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/function/compile.hpp>

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto u = variable<"u">;
constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 2, 3>;

}  // namespace

TEST_CASE("one result is a value, several are a tuple", "[function]") {
  constexpr auto f = sin(u) * exp(-u * u);
  constexpr auto df = derivative(f, wrt(u));
  constexpr auto both = compile(f, df);
  auto const [value, slope] = both(u = 0.3);
  CHECK(value == Approx(std::sin(0.3) * std::exp(-0.09)).epsilon(1e-15));
  CHECK(slope == Approx(std::exp(-0.09) * (std::cos(0.3) - 0.6 * std::sin(0.3))).epsilon(1e-14));
  static_assert(compile(df)(u = 0.0) == 1.0);
  static_assert(compile(f)(u = 0.0) == 0.0);
}

TEST_CASE("raw numbers of an expression value are run-time numbers", "[function]") {
  auto const line = [](double a, double b) { return compile(a * u + b); };
  CHECK(line(2, 3)(u = 5) == 13.0);
  CHECK(line(4, 1)(u = 5) == 21.0);
  static_assert(compile(2 * u + 3)(u = 5) == 13.0);
}

TEST_CASE("the lambda form computes in any floating-point type", "[function]") {
  constexpr auto f =
      compile<float>([] { return outputs(3 * u * u, derivative(3 * u * u, wrt(u))); });
  auto const [value, slope] = f(u = 2.0);
  static_assert(std::is_same_v<decltype(value), float const>);
  CHECK(value == 12.0f);
  CHECK(slope == 12.0f);
  static constexpr auto twice = [](auto const& e) { return e + e; };
  constexpr auto g = compile([] { return twice(u); });
  static_assert(g(u = 4) == 8.0);
}

TEST_CASE("tensors come back row-major", "[function]") {
  constexpr auto f = compile(outer(v, v) * transpose(concatenate(m, reshape<1, 3>(v))));
  auto const r = f(v = {1, 2, 3}, m = tensor<double, 2, 3>{1, 0, 0, 0, 1, 0});
  static_assert(std::is_same_v<decltype(r), tensor<double, 3, 3> const>);
  CHECK(r(0, 0) == 1.0);
  CHECK(r(2, 1) == 6.0);  // 3 v . row 1 of m
  CHECK(r(1, 2) == 28.0);
  CHECK(r[5] == 28.0);
  CHECK(r.size() == 9);
  static_assert(compile(v + v)(v = {1, 2, 3}) == tensor<double, 3>{2, 4, 6});
}

TEST_CASE("names are bound to anything that holds numbers", "[function]") {
  constexpr auto total = compile(sum(v));
  double const raw[3] = {1, 2, 3};
  std::array<float, 3> const single{1, 2, 3};
  std::array<int, 3> whole{1, 2, 3};
  CHECK(total(v = raw) == 6.0);
  CHECK(total(v = single) == 6.0);
  CHECK(total(v = whole) == 6.0);
  CHECK(total(v = std::span<double const, 3>(raw)) == 6.0);
  CHECK(total(v = tensor<double, 3>{1, 2, 3}) == 6.0);
  constexpr auto of_matrix = compile(sum(m, axis<1>));
  double const rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
  CHECK(of_matrix(m = rows) == tensor<double, 2>{6, 15});
  CHECK(of_matrix(m = std::array<double, 6>{1, 2, 3, 4, 5, 6}) == tensor<double, 2>{6, 15});
  CHECK(of_matrix(m = std::array<std::array<int, 3>, 2>{{{1, 2, 3}, {4, 5, 6}}}) ==
        tensor<double, 2>{6, 15});
}

TEST_CASE("a length that is known at run time only is checked", "[function]") {
  constexpr auto f = compile(2 * v);
  std::vector<double> elements{1, 2, 3};
  auto const good = f(v = elements);
  REQUIRE(good);
  CHECK(good.value() == tensor<double, 3>{2, 4, 6});
  elements.push_back(4);
  auto const bad = f(v = elements);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().kind == error_kind::wrong_length);
  CHECK(bad.error().message() == "input \"v\": 3 elements expected, 4 given");
}

TEST_CASE("results go to the caller's memory", "[function]") {
  constexpr auto f = compile(2 * v, sum(v));
  std::array<double, 3> doubled{};
  CHECK(f(v = {1, 2, 3}, output = doubled) == 6.0);
  CHECK(doubled == std::array<double, 3>{2, 4, 6});
  double total = 0.0;
  auto const rest = f(v = {1, 2, 3}, output_at<1> = total);
  CHECK(rest == tensor<double, 3>{2, 4, 6});
  CHECK(total == 6.0);
  static_assert(std::is_void_v<decltype(f(v = {1, 2, 3}, output = doubled, output_at<1> = total))>);

  std::vector<double> wrong(2, -1.0);
  auto const failed = f(v = {1, 2, 3}, output = std::span<double>(wrong));
  REQUIRE_FALSE(failed);
  CHECK(failed.error().name == "output");
  CHECK(wrong == std::vector<double>{-1, -1});
}

TEST_CASE("results go to arrays, vectors and tensors of the caller", "[function]") {
  constexpr auto f = compile<float>([] { return 2 * v; });
  float array[3]{};
  f(v = {1, 2, 3}, output = array);
  CHECK(array[2] == 6.0f);
  tensor<float, 3> three{};
  f(v = {4, 5, 6}, output = three);
  CHECK(three(2) == 12.0f);
  std::vector<float> numbers(3);
  REQUIRE(f(v = {7, 8, 9}, output = numbers));
  CHECK(numbers == std::vector<float>{14, 16, 18});
  f(v = {1, 2, 3}, output = std::span<float, 3>(numbers));
  CHECK(numbers[0] == 2.0f);
}

TEST_CASE("a policy for the whole program stands last", "[function]") {
  static constexpr auto slope = derivative(relu(u), wrt(u));
  static_assert(compile(slope)(u = 0) == 0.0);
  static_assert(compile(slope, symmetric)(u = 0) == 0.5);
  static_assert(compile([] { return slope; }, at_zero<1.0>)(u = 0) == 1.0);
  CHECK(compile(slope, symmetric)(u = 0) == 0.5);
}

TEST_CASE("constant and run-time evaluation agree", "[function]") {
  constexpr auto f = gradient(sum(tanh(m * v)) * u, wrt(m));
  constexpr auto at = [](auto function) {
    return function(m = {1, 0, 2, -1, 3, 1}, v = {0.5, 0.25, -1}, u = 2);
  };
  constexpr auto constant_result = at(compile(f));
  auto const result = at(compile(f));
  for (std::size_t i = 0; i < result.size(); ++i)
    CHECK(result[i] == Approx(constant_result[i]).epsilon(1e-14));
}

TEST_CASE("expressions made by functions do not dangle", "[function]") {
  auto const make = [](double scale) {
    auto const inner = scale * u;
    auto const outer_part = inner * inner + 0.5_c;
    return outer_part;
  };
  auto const f = compile(make(3));
  CHECK(f(u = 2) == 36.5);
}
