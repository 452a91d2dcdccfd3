// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/line.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::central_stencil;
using ramp::check::line;
using ramp::check::one_sided_stencil;
namespace op = ramp::op;

TEST_CASE("a line through one element differentiates every number of a graph", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  int const sine = x.combine<op::sin>(0.0).index;
  int const constant = g.constant(3.0);
  auto l = line::of_element(g, {{sine, 0}, {sine, 1}, {constant, 0}}, {{0.5, 0.25}}, 0, 1);
  CHECK(l.centre(0) == std::sin(0.5));
  CHECK(l.centre(1) == std::sin(0.25));
  CHECK(l.derivative<central_stencil>(0, true, 4).value == 0.0);
  CHECK(l.derivative<central_stencil>(1, true, 4).value == Approx(std::cos(0.25)).epsilon(1e-12));
  CHECK(l.derivative<central_stencil>(2, true, 4).value == 0.0);
}

TEST_CASE("a line may start at a negative zero", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const inverse = (x.number(1.0) / x).index;
  CHECK(line::of_element(g, {{inverse, 0}}, {{-0.0}}, 0, 0).centre(0) == -HUGE_VAL);
  CHECK(line::of_element(g, {{inverse, 0}}, {{0.0}}, 0, 0).centre(0) == HUGE_VAL);
}

TEST_CASE("a line in any direction gives the derivative along it", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y");
  int const root = (ramp::ir::reduce_to<op::sum>(x * x, {}, 0) * y).index;
  auto l = line::along(g, {{root, 0}}, {{1.0, 2.0}, {3.0}}, {0, 1}, {{0.5, -1.0}, {2.0}}, 0.0);
  // <(6, 12, 5), (0.5, -1, 2)>
  CHECK(l.derivative<central_stencil>(0, true, 4).value == Approx(1.0).epsilon(1e-11));
  // what rounding of the arguments can do widens the error
  auto wide = line::along(g, {{root, 0}}, {{1.0, 2.0}, {3.0}}, {0, 1}, {{0.5, -1.0}, {2.0}}, 1e6);
  CHECK(wide.derivative<central_stencil>(0, true, 4).error >
        1e3 * l.derivative<central_stencil>(0, true, 4).error);
}

TEST_CASE("a line on a kink has a derivative on each side", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (x.combine<op::relu>(0.0) + x).index;
  auto l = line::of_element(g, {{root, 0}}, {{0.0}}, 0, 0);
  CHECK(l.on_kink());
  CHECK(std::isinf(l.derivative<central_stencil>(0, true, 4).error));
  CHECK(l.derivative<one_sided_stencil<-1>>(0, false, 4).value == Approx(1.0));
  CHECK(l.derivative<one_sided_stencil<1>>(0, false, 4).value == Approx(2.0));
}

TEST_CASE("the numbers of a node stand for any shape, and for none", "[check]") {
  graph g;
  int const x = argument(g, "x", shape(2)).index;
  int const constant = g.constant(5.0);
  auto const e = ramp::check::evaluate_at(g, {{1.0, 2.0}});
  CHECK(ramp::check::values_of(g, e, x, 2) == std::vector<double>{1, 2});
  CHECK(ramp::check::values_of(g, e, constant, 3) == std::vector<double>{5, 5, 5});
  CHECK(ramp::check::values_of(g, e, -1, 2) == std::vector<double>{0, 0});
}
