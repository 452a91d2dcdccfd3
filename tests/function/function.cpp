// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/function.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/nn/loss.hpp>

using namespace ramp;

namespace {

constexpr auto u = variable<"u">;
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

TEST_CASE("a class label is checked, so that the call returns a result", "[function]") {
  constexpr auto logits = variable<"logits", 4>;
  constexpr auto kind = class_label<"kind", 4>;
  constexpr auto f = compile(cross_entropy(logits, kind));
  static_assert(f(logits = {0, 0, 0, 0}, kind = 3).value() == math::log(4.0));
  auto const wrong = [](std::int64_t label) {
    return error{.kind = error_kind::label_out_of_range, .name = "kind", .expected = 4,
                 .actual = label};
  };
  for (int label : {4, 9, -1})
    CHECK(f(logits = {0, 0, 0, 0}, kind = label).error() == wrong(label));
  static_assert(!f(logits = {0, 0, 0, 0}, kind = std::int8_t{-128}));
  CHECK(f(logits = {0, 0, 0, 0}, kind = 9).error().message().view() ==
        "input \"kind\": the value is label 9; the classes are 0 to 3");

  // in memory of any kind, and with its length
  CHECK(f(logits = {0, 0, 0, 0}, kind = std::array<std::uint8_t, 1>{255}).error() == wrong(255));
  CHECK(f(logits = {0, 0, 0, 0}, kind = std::vector<long>{-7}).error() == wrong(-7));
  CHECK(f(logits = {0, 0, 0, 0}, kind = std::vector<int>{1}));
  CHECK(f(logits = {0, 0, 0, 0}, kind = std::vector<int>{}).error().kind ==
        error_kind::wrong_length);

  // nothing is written
  double memory = -5.0;
  CHECK_FALSE(f(logits = {0, 0, 0, 0}, kind = 4, output = memory));
  CHECK(memory == -5.0);
  CHECK(f(logits = {0, 0, 0, 0}, kind = 2, output = memory));
  CHECK(memory == math::log(4.0));
}

TEST_CASE("a number that stands for a label is not checked", "[function]") {
  constexpr auto logits = variable<"logits", 3>;
  constexpr auto loss_of = cross_entropy(logits, u);
  constexpr auto f = compile(loss_of, gradient(loss_of, wrt(logits)));
  double const sum = 1 + std::exp(-1) + std::exp(-2);
  for (double label : {1.5, -1.0, 3.0}) {
    auto const [loss, slope] = f(logits = {7, 9, 8}, u = label);
    CHECK(loss == Approx(std::log(sum)).epsilon(1e-15));
    CHECK(slope[1] == Approx(1 / sum).epsilon(1e-15));
  }
}

TEST_CASE("NaN and infinities go through a function of values", "[function]") {
  constexpr auto f = compile(u * u);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  static_assert(f(u = -infinity) == infinity);
  CHECK(std::isnan(f(u = std::numeric_limits<double>::quiet_NaN())));
  constexpr auto total = compile(sum(v));
  CHECK(total(v = std::vector<double>{1, infinity, 2}).value() == infinity);
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
