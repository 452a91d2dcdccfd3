// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rule.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::pass::rule;
using ramp::pass::tangents;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

constexpr auto outer_policy = ramp::at_zero<0.25>.value;

/// The elements of a value in its own space.
numbers elements(value const& v, ramp::check::point const& at) {
  graph& g = *v.owner;
  int const n = ramp::ir::full(v);
  auto const e = evaluate_at(g, at);
  return {e[n], e[n] + v.space.elements()};
}

/// Directions of x and y, arguments 0 and 1 of a graph, as vectors of numbers.
tangents along(graph& g, value const& x, value const& y, double dx, double dy) {
  tangents t;
  t.at.push_back(ramp::list<int>(g.nodes.size(), -1));
  if (dx != 0.0) t.at[0][x.index] = g.constant(dx);
  if (dy != 0.0) t.at[0][y.index] = g.constant(dy);
  return t;
}

}  // namespace

TEST_CASE("a node that came after a direction was made does not move along it", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  tangents const t = along(g, x, y, 2.0, 0.0);
  CHECK(t.count() == 1);
  CHECK(t.moves(0, x.index));
  CHECK_FALSE(t.moves(0, y.index));
  CHECK_FALSE(t.moves(0, (x * y).index));
}

TEST_CASE("a rule sees operands in the node's space, and the nearer of two policies", "[rule]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const v = argument(g, "v", shape(3));
  value const wide{&g, v.index, map_of(1), m.space};
  int const product = (m * wide).index;
  rule const r(g, g[product], product, outer_policy);
  CHECK(r.policy == outer_policy);
  for (std::size_t k = 0; k < 2; ++k) CHECK(r.x[k].space == shape(2, 3));
  CHECK(elements(r.x[1], {{1, 2, 3, 4, 5, 6}, {7, 8, 9}}) == numbers{7, 8, 9, 7, 8, 9});
  CHECK(r.y.index == product);
  CHECK(r.none().absent());
  CHECK_FALSE(r.is_constant(0));

  auto const own = ramp::symmetric.value;
  int const kinked = m.combine_under<op::max>(own, 0.0, m.number(1.0)).index;
  rule const nearer(g, g[kinked], kinked, outer_policy);
  CHECK(nearer.policy == own);
  CHECK(nearer.is_constant(1));
}

TEST_CASE("a result that folds to a constant keeps the node's space", "[rule]") {
  graph g;
  value const v = argument(g, "v", shape(3));
  int const f = v.combine<op::exp>(0.0).index;
  rule const r(g, g[f], f, outer_policy);
  value const two = r.apply<op::add>(r.constant(1.0), r.constant(1.0));
  CHECK(g.is_constant(two.index, 2.0));
  CHECK(two.space == shape(3));
}

TEST_CASE("without directions an operand stands for itself at a kink", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  int const f = x.combine<op::abs>(0.0).index;
  rule const r(g, g[f], f, outer_policy);
  int const before = g.size();
  CHECK_FALSE(r.is_directed());
  CHECK(r.settled(r.x[0]).index == x.index);
  CHECK(r.settled(r.x[0], r.x[0]).a.index == x.index);
  CHECK(g.size() == before);
}

TEST_CASE("at a kink the derivative along a direction stands for an operand", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const f = x.combine<op::max>(0.0, y).index;
  tangents const t = along(g, x, y, -2.0, 0.5);
  ramp::list<int> ties;
  rule r(g, g[f], f, {});
  r.along = &t;
  r.ties = &ties;
  REQUIRE(r.is_directed());
  value const side = r.settled(r.x[0]);
  CHECK(elements(side, {{3}, {0}}) == numbers{3});
  CHECK(elements(side, {{0}, {0}}) == numbers{-2});
  auto const both = r.settled(r.x[0], r.x[1]);
  CHECK(elements(both.a, {{3}, {1}}) == numbers{3});
  CHECK(elements(both.b, {{3}, {1}}) == numbers{1});
  CHECK(elements(both.a, {{1}, {1}}) == numbers{-2.5});
  CHECK(elements(both.b, {{1}, {1}}) == numbers{0});
  CHECK(ties.size() == 2);  // one for each settled(...): neither tie is left here
  for (int tie : ties)
    CHECK(elements(ramp::ir::value_of(g, tie), {{0}, {0}}) == numbers{0});
}

TEST_CASE("a tie along every direction is reported, and only if an operand moves", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const f = x.combine<op::max>(0.0, y).index;
  tangents const t = along(g, x, y, 1.0, 1.0);
  ramp::list<int> ties;
  rule r(g, g[f], f, {});
  r.along = &t;
  r.ties = &ties;
  (void)r.settled(r.x[0], r.x[1]);
  REQUIRE(ties.size() == 1);
  CHECK(elements(ramp::ir::value_of(g, ties[0]), {{2}, {2}}) == numbers{1});
  CHECK(elements(ramp::ir::value_of(g, ties[0]), {{2}, {3}}) == numbers{0});

  tangents const at_rest = along(g, x, y, 0.0, 0.0);
  r.along = &at_rest;
  (void)r.settled(r.x[0], r.x[1]);
  CHECK(ties.size() == 1);
}

TEST_CASE("the first direction that tells operands apart decides", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const f = x.combine<op::max>(0.0, y).index;
  tangents t = along(g, x, y, 1.0, 1.0);
  t.at.push_back(along(g, x, y, 2.0, 0.0).at[0]);
  t.at.push_back(along(g, x, y, 0.0, 5.0).at[0]);
  ramp::list<int> ties;
  rule r(g, g[f], f, {});
  r.along = &t;
  r.ties = &ties;
  CHECK(elements(r.settled(r.x[0], r.x[1]).a, {{2}, {2}}) == numbers{2});
  CHECK(elements(r.settled(r.x[1]), {{0}, {0}}) == numbers{1});
  for (int tie : ties)
    CHECK(elements(ramp::ir::value_of(g, tie), {{0}, {0}}) == numbers{0});
}

TEST_CASE("a policy of the node's own is nearer than directions", "[rule]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const f = x.combine_under<op::max>(outer_policy, 0.0, y).index;
  tangents const t = along(g, x, y, 1.0, 0.0);
  rule r(g, g[f], f, {});
  r.along = &t;
  CHECK_FALSE(r.is_directed());
  CHECK(r.settled(r.x[0]).index == x.index);
}

TEST_CASE("a vector at rest in all elements is settled by its direction", "[rule]") {
  graph g;
  value const v = argument(g, "v", shape(3));
  value const d = argument(g, "d", shape(3));
  node n;
  n.operation = code<op::reduce_norm>;
  n.arity = 1;
  n.iteration = shape(3);
  n.operand[0] = v.index;
  n.map[0] = axis_map::identity(1);
  int const norm = g.insert(n);
  tangents t;
  t.at.push_back(ramp::list<int>(g.nodes.size(), -1));
  t.at[0][v.index] = d.index;
  rule r(g, g[norm], norm, {});
  r.along = &t;
  value const settled = r.settled_vector(r.x[0]);
  CHECK(elements(settled, {{0, 0, 0}, {3, 0, -4}}) == numbers{3, 0, -4});
  CHECK(elements(settled, {{0, 1, 0}, {3, 0, -4}}) == numbers{0, 1, 0});
  CHECK(elements(r.sum_over_reduced(r.x[0]), {{1, 2, 3}, {0, 0, 0}}) == numbers{6, 6, 6});
  CHECK(elements(r.product_of_others(r.x[0]), {{2, 0, 3}, {0, 0, 0}}) == numbers{0, 6, 0});
}

TEST_CASE("adjoints of moved elements move back, and none moves nowhere", "[rule]") {
  graph g;
  value const v = argument(g, "v", shape(4));
  node n;
  n.operation = code<op::slice>;
  n.arity = 1;
  n.iteration = shape(2);
  n.rank = 1;
  n.operand[0] = v.index;
  n.attribute = {0, 1, 2};
  int const odd = g.insert(n);
  rule const r(g, g[odd], odd, {});
  CHECK(r.operand_shape() == shape(4));
  CHECK(r.attributes[1] == 1);
  value const y = ramp::ir::value_of(g, odd);
  ramp::check::point const at{{1, 2, 3, 4}};
  CHECK(elements(r.padded(y, 0, 1, 2, shape(4)), at) == numbers{0, 2, 0, 4});
  CHECK(elements(r.sliced(y, 0, 1, -1, shape(2)), at) == numbers{4, 2});
  CHECK(elements(r.reshaped(y, shape(2, 1)), at) == numbers{2, 4});
  CHECK(elements(r.scanned<op::cumulative_sum>(ramp::ir::value_of(g, v.index), 0, -1), at) ==
        numbers{10, 9, 7, 4});
  CHECK(r.padded({}, 0, 1, 2, shape(4)).absent());
  CHECK(r.reshaped({}, shape(4)).absent());
}
