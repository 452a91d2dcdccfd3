// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

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
  CHECK(at(0 < u && u < 2, 1) == 1.0);
  CHECK(at(0 < u && u < 2, 3) == 0.0);
  CHECK(at(u < 0 || u > 2, 3) == 1.0);
  CHECK(at(!(u < 0), 3) == 1.0);
}
