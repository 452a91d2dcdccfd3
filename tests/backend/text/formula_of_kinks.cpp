// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/formula_of_kinks.hpp>

#include <catch2/catch.hpp>

#include <limits>

#include "written.hpp"

using namespace written;

namespace {

/// x, y and what a derivative multiplies.
struct scalars {
  graph g;
  value x = argument(g, "x");
  value y = argument(g, "y");
  value slope = argument(g, "g");

  [[nodiscard]] value number(double c) { return x.number(c); }
};

}  // namespace

TEST_CASE("a gate says what it lets through, and at 0", "[text]") {
  scalars s;
  CHECK(formula(with<op::gate>(0.0, s.slope, s.x)) == "where(x > 0, g, 0)");
  CHECK(formula(with<op::gate>(1.0, s.slope, s.x)) == "where(x >= 0, g, 0)");
  CHECK(formula(with<op::gate>(-0.0, s.slope, s.x)) == "where(x > 0, g, 0)");
  CHECK(formula(with<op::gate>(0.5, s.slope, s.x)) == "gate<0.5>(x, g)");
  CHECK(formula(with<op::gate>(0.25, s.number(1.0), s.x)) == "gate<0.25>(x, 1)");
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(formula(with<op::gate>(nan, s.slope, s.x)) == "gate<nan>(x, g)");
}

TEST_CASE("a gate on the result of relu is one on its operand, unless that has a name", "[text]") {
  scalars s;
  value const relu = of<op::relu>(s.x - s.y);
  value const gate = of<op::output_gate>(s.slope, relu);
  CHECK(formula(gate) == "where(x - y > 0, g, 0)");
  std::vector<backend::label> labels(s.g.nodes.size());
  labels[static_cast<std::size_t>(relu.index)].number = 3;
  CHECK(formula(gate, labels) == "where(t3 > 0, g, 0)");
  // of another function it is the result that counts
  CHECK(formula(of<op::output_gate>(s.slope, of<op::exp>(s.x))) == "where(exp(x) > 0, g, 0)");
  // an ordinary gate looks at what it has
  CHECK(formula(with<op::gate>(0.0, s.slope, relu)) == "where(relu(x - y) > 0, g, 0)");
}

TEST_CASE("a share says who is ahead, and what a tie gives", "[text]") {
  scalars s;
  CHECK(formula(with<op::share>(0.0, s.slope, s.x, s.y)) == "where(x > y, g, 0)");
  CHECK(formula(with<op::share>(1.0, s.slope, s.x, s.y)) == "where(x >= y, g, 0)");
  CHECK(formula(with<op::share>(0.5, s.slope, s.x, s.y)) == "share<0.5>(x, y, g)");
  CHECK(formula(with<op::share>(0.5, s.number(1.0), s.y, s.x)) == "share<0.5>(y, x, 1)");
}

TEST_CASE("a fork has two branches", "[text]") {
  scalars s;
  CHECK(formula(with<op::fork>(0.0, s.slope, s.y, s.x)) == "where(x > 0, g, y)");
  CHECK(formula(with<op::fork>(1.0, s.number(1.0), s.number(0.25), s.x)) ==
        "where(x >= 0, 1, 0.25)");
  CHECK(formula(with<op::fork>(0.5, s.number(1.0), s.number(0.25), s.x)) ==
        "fork<0.5>(x, 1, 0.25)");
}

TEST_CASE("sums need no parentheses in what decides, comparisons do", "[text]") {
  scalars s;
  value const above = of<op::less>(s.y, s.x);
  CHECK(formula(with<op::share>(0.0, s.slope, s.x + s.y, s.x - s.y)) ==
        "where(x + y > x - y, g, 0)");
  CHECK(formula(with<op::gate>(0.0, s.slope, above)) == "where((y < x) > 0, g, 0)");
  CHECK(formula(with<op::share>(0.0, s.slope, s.x, above)) == "where(x > (y < x), g, 0)");
  // between commas nothing needs them
  CHECK(formula(with<op::gate>(0.5, s.slope, above)) == "gate<0.5>(y < x, g)");
  CHECK(formula(with<op::fork>(0.5, s.x - s.y, above, s.x)) == "fork<0.5>(x, x - y, y < x)");
  CHECK(formula(with<op::fork>(0.0, s.x - s.y, above, s.x)) == "where(x > 0, x - y, y < x)");
}

TEST_CASE("lengths and signs at 0", "[text]") {
  scalars s;
  value const length = of<op::hypot>(s.x, s.y);
  CHECK(formula(of<op::unit_component>(s.x, length)) == "unit_component(x, hypot(x, y))");
  CHECK(formula(with<op::unit_component>(0.5, s.x, length)) ==
        "unit_component<0.5>(x, hypot(x, y))");
  CHECK(formula(of<op::sign>(s.x)) == "sign(x)");
  CHECK(formula(with<op::sign>(-1.0, s.x)) == "sign<-1>(x)");
}
