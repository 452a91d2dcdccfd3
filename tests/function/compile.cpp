// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/compile.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>

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
