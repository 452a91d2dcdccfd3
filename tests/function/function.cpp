// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/function.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <span>
#include <vector>

#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/function/compile.hpp>

using namespace ramp;

namespace {

constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 2, 3>;

}  // namespace

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
