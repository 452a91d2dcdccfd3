// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto u = variable<"u">;
constexpr auto w = variable<"w">;

/// The value of f at u = a, w = b.
double at(auto const& f, double a, double b = 0.0) {
  return test::evaluate(f, {{"u", a}, {"w", b}});
}

}  // namespace

TEST_CASE("arithmetic takes expressions and numbers on either side", "[expr]") {
  CHECK(at(u + w, 3, 4) == 7.0);
  CHECK(at(u - w, 3, 4) == -1.0);
  CHECK(at(u * w, 3, 4) == 12.0);
  CHECK(at(u / w, 3, 4) == 0.75);
  CHECK(at(-u, 3) == -3.0);
  CHECK(at(+u, 3) == 3.0);
  CHECK(at(2 + u, 3) == 5.0);
  CHECK(at(u - 2.5f, 3) == 0.5);
  CHECK(at(12 / u, 3) == 4.0);
  CHECK(at(0.5_c * u, 3) == 1.5);
  CHECK(at(u * constant<-0.25>, 3) == -0.75);
  CHECK(at(1 - 2 * u / (w + 4u), 3, 4) == 0.25);
}

TEST_CASE("comparisons are 0 or 1, and conditions combine", "[expr]") {
  CHECK(at(u < w, 1, 2) == 1.0);
  CHECK(at(u <= w, 2, 2) == 1.0);
  CHECK(at(u > w, 1, 2) == 0.0);
  CHECK(at(u >= w, 1, 2) == 0.0);
  CHECK(at(u == w, 1, 2) == 0.0);
  CHECK(at(u != w, 1, 2) == 1.0);
  // the other way round, and at a tie
  CHECK(at(u < w, 2, 2) == 0.0);
  CHECK(at(u <= w, 2, 1) == 0.0);
  CHECK(at(u > w, 2, 1) == 1.0);
  CHECK(at(u > w, 2, 2) == 0.0);
  CHECK(at(u >= w, 2, 2) == 1.0);
  CHECK(at(u == w, 2, 2) == 1.0);
  CHECK(at(u != w, 2, 2) == 0.0);
  CHECK(at(0 < u && u < 2, 1) == 1.0);
  CHECK(at(0 < u && u < 2, 3) == 0.0);
  CHECK(at(u < 0 || u > 2, 3) == 1.0);
  CHECK(at(!(u < 0), 3) == 1.0);
}

TEST_CASE("scalars repeat themselves, other operands have one shape", "[expr]") {
  constexpr auto v = variable<"v", 2>;
  auto const elements = [](auto const& f) {
    return test::elements(f, {{"u", 3.0}, {"v", {1, 2}}});
  };
  CHECK(elements(v + u) == std::vector<double>{4, 5});
  CHECK(elements(u - v) == std::vector<double>{2, 1});
  CHECK(elements(6 / v) == std::vector<double>{6, 3});
  CHECK(elements(v < 2) == std::vector<double>{1, 0});
  CHECK(elements(where(v < 2, u, v)) == std::vector<double>{3, 2});
  CHECK(elements(where(u, v, -v)) == std::vector<double>{1, 2});
  static_assert(decltype(where(u, 1, v))::shape_of == shape(2));
  auto const sum = [](auto a, auto b) { return a + b; };
  CHECK_FALSE(test::refuses(sum, shape(2, 3), shape(2, 3)));
  CHECK_FALSE(test::refuses(sum, shape(2, 3), shape()));
  CHECK(test::refuses(sum, shape(2, 3), shape(3, 2)));
  CHECK(test::refuses(sum, shape(2, 3), shape(2)));
  auto const chosen = [](auto a, auto b) { return where(a, b, 1); };
  CHECK(test::refuses(chosen, shape(2), shape(3)));
}

TEST_CASE("every number but 0 is a true condition, and the other branch has no say", "[expr]") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(at(where(u, 1, 2), -0.5) == 1.0);
  CHECK(at(where(u, 1, 2), -0.0) == 2.0);
  CHECK(at(u && w, 2, -3) == 1.0);
  CHECK(at(u && w, 2, 0) == 0.0);
  CHECK(at(u || w, 0, 0.25) == 1.0);
  CHECK(at(u || w, 0, 0) == 0.0);
  CHECK(at(!u, 0) == 1.0);
  // comparisons with NaN do not hold, but for !=
  CHECK(at(u < w, 1, nan) == 0.0);
  CHECK(at(u >= w, 1, nan) == 0.0);
  CHECK(at(u == u, nan) == 0.0);
  CHECK(at(u != u, nan) == 1.0);
  CHECK(at(where(u > 0, w, 1), -1, nan) == 1.0);
}
