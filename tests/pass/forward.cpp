// SPDX-License-Identifier: BSL-1.0
// What every operation does is in tests/laws; here is what belongs to the mode.
#include <ramp/pass/forward.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/verify.hpp>

#include <algorithm>
#include <cmath>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::pass::forward;
namespace op = ramp::op;

namespace {

constexpr auto policy = ramp::standard.value;

}  // namespace

TEST_CASE("a root that does not depend on wrt does not move", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const one = g.constant(1.0);
  auto const moved =
      forward(g, {(y * y).index, g.constant(3.0), x.index}, {x.index}, {one}, policy);
  CHECK(moved == ramp::list<int>{-1, -1, one});
}

TEST_CASE("no derivative passes stop_gradient or a comparison", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const stopped = x.combine<op::stop_gradient>(0.0);
  value const step = x.combine<op::less>(0.0, x.number(1.0));
  auto const moved = forward(g, {stopped.index, step.index, (stopped * x).index}, {x.index},
                             {g.constant(1.0)}, policy);
  CHECK(moved[0] == -1);
  CHECK(moved[1] == -1);
  CHECK(moved[2] == stopped.index);  // 1 * stopped, without a product
}

TEST_CASE("an intermediate node can be what moves", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const u = x.combine<op::exp>(0.0);
  value const f = u * u + x;
  auto const moved = forward(g, {f.index}, {u.index}, {g.constant(1.0)}, policy);
  CHECK(evaluate_at(g, {{0.5}})[moved[0]][0] == Approx(2.0 * std::exp(0.5)));
}

TEST_CASE("several arguments move at once", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  auto const moved =
      forward(g, {(x * y).index}, {x.index, y.index}, {g.constant(2.0), g.constant(-1.0)}, policy);
  CHECK(evaluate_at(g, {{3.0}, {5.0}})[moved[0]][0] == 7.0);
}

TEST_CASE("forward changes no node that was there", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const f = x.combine<op::sin>(0.0).combine<op::exp>(0.0);
  auto const before = g.nodes;
  forward(g, {f.index}, {x.index}, {g.constant(1.0)}, policy);
  REQUIRE(g.nodes.size() > before.size());
  CHECK(std::equal(before.begin(), before.end(), g.nodes.begin()));
  CHECK(ramp::ir::verify(g) == "");
}

TEST_CASE("derivatives of derivatives, forward: x^5 five times and once more", "[forward]") {
  graph g;
  value const x = argument(g, "x");
  value const square = x * x;
  int f = (square * square * x).index;
  double expected[] = {80.0, 160.0, 240.0, 240.0, 120.0};
  for (double e : expected) {
    f = forward(g, {f}, {x.index}, {g.constant(1.0)}, policy)[0];
    CHECK(evaluate_at(g, {{2.0}})[f][0] == e);
  }
  f = forward(g, {f}, {x.index}, {g.constant(1.0)}, policy)[0];
  CHECK((f == -1 || evaluate_at(g, {{2.0}})[f][0] == 0.0));
}

namespace {

constexpr double slope_of_square_at_3() {
  graph g;
  value const x = argument(g, "x");
  int const moved = forward(g, {(x * x).index}, {x.index}, {g.constant(1.0)}, policy)[0];
  double const three = 3.0;
  return ramp::ir::evaluate<double>(g, {&three})[moved][0];
}
static_assert(slope_of_square_at_3() == 6.0);

}  // namespace
