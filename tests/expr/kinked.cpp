// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
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

TEST_CASE("kinked functions and selection", "[expr]") {
  CHECK(at(relu(u), -2) == 0.0);
  CHECK(at(relu(u), 2) == 2.0);
  CHECK(at(relu(u, at_zero<1.0>), 2) == 2.0);
  CHECK(at(abs(u), -2) == 2.0);
  CHECK(at(max(u, w), 1, 2) == 2.0);
  CHECK(at(min(u, w), 1, 2) == 1.0);
  CHECK(at(max(u, 5), 1) == 5.0);
  CHECK(at(min(5, u, symmetric), 1) == 1.0);
  CHECK(at(where(u > w, u, 10 * w), 1, 2) == 20.0);
  CHECK(at(where(u < w, u, 10 * w), 1, 2) == 1.0);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(at(where(u > 0, u, w), 1, nan) == 1.0);
}
