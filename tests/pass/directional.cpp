// SPDX-License-Identifier: BSL-1.0
// What directions mean for random compositions is in tests/laws; here is what belongs to the pass.
#include <ramp/pass/directional.hpp>
#include <ramp/pass/reverse.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/verify.hpp>

#include <algorithm>
#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::pass::forward_along;
using ramp::pass::tangents;
using ramp::pass::unsettled_ties;
namespace op = ramp::op;

namespace {

constexpr auto policy = ramp::standard.value;

using numbers = std::vector<double>;

numbers elements(graph const& g, int i, ramp::check::point const& at) {
  auto const e = evaluate_at(g, at);
  return {e[i], e[i] + g[i].result_shape().elements()};
}

}  // namespace

TEST_CASE("a direction is a node for each of wrt, a number for all elements, or none",
          "[directional]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y", shape(2));
  value const f = ramp::ir::reduce_to<op::sum>(x.combine<op::max>(0.0, y), {}, 0);
  int const one = g.constant(1.0);
  tangents const t =
      forward_along(g, f.index, {x.index, y.index}, {{one, -1}, {-1, y.index}}, policy);
  REQUIRE(t.count() == 2);
  CHECK(t.at[0][x.index] == one);
  CHECK(!t.moves(0, y.index));
  ramp::check::point const at{{3, 5}, {3, 4}};
  // along the first direction x takes the tie; y can only follow where it was larger
  CHECK(elements(g, t.at[0][f.index], at) == numbers{2});
  CHECK(elements(g, t.at[1][f.index], at) == numbers{0});
}

TEST_CASE("nothing is computed that does not lead to the root", "[directional]") {
  graph g;
  value const x = argument(g, "x");
  value const f = x.combine<op::relu>(0.0);
  value const other = f.combine<op::exp>(0.0);
  value const later = (f * f).combine<op::sin>(0.0);
  auto const before = g.nodes;
  tangents const t = forward_along(g, f.index, {x.index}, {{g.constant(1.0)}}, policy);
  CHECK(t.moves(0, f.index));
  CHECK(!t.moves(0, other.index));
  CHECK(!t.moves(0, later.index));
  CHECK(std::equal(before.begin(), before.end(), g.nodes.begin()));
  CHECK(ramp::ir::verify(g) == "");
}

TEST_CASE("ties are counted by element, after what directions have settled", "[directional]") {
  graph g;
  value const x = argument(g, "x", shape(4));
  value const v = argument(g, "v", shape(4));
  value const w = argument(g, "w", shape(4));
  value const largest = ramp::ir::reduce_to<op::reduce_max>(x.combine<op::relu>(0.0), {}, 0);
  ramp::list<int> const wrt{x.index};
  auto const count = [&](ramp::list<ramp::list<int>> const& directions, numbers const& at,
                         numbers const& along, numbers const& then) {
    tangents const t = forward_along(g, largest.index, wrt, directions, policy);
    int const ties = unsettled_ties(g, largest.index, wrt, t, policy);
    return evaluate_at(g, {at, along, then})[ties][0];
  };
  ramp::list<ramp::list<int>> const one{{v.index}};
  ramp::list<ramp::list<int>> const two{{v.index}, {w.index}};
  numbers const zero(4, 0.0);
  CHECK(count(one, {1, 2, 3, 4}, zero, zero) == 0);
  CHECK(count(one, {0, 0, 3, 4}, zero, zero) == 2);   // of relu
  CHECK(count(one, {0, 0, 3, 4}, {0, 1, 0, 0}, zero) == 1);
  CHECK(count(one, {-1, 2, 2, 2}, zero, zero) == 1);  // three elements are one tie of the maximum
  CHECK(count(one, {-1, 2, 2, 2}, {0, 1, 0, 0}, zero) == 0);
  CHECK(count(one, {-1, 2, 2, 2}, {0, 1, 1, 0}, zero) == 1);
  CHECK(count(two, {-1, 2, 2, 2}, {0, 1, 1, 0}, {9, 0, 1, 5}) == 0);
  CHECK(count(two, {-1, 2, 2, 2}, {0, 1, 1, 0}, {9, 1, 1, 5}) == 1);
}

TEST_CASE("a use with a policy of its own keeps it, and counts as not settled", "[directional]") {
  graph g;
  value const x = argument(g, "x");
  node n;
  n.operation = code<op::relu>;
  n.arity = 1;
  n.operand[0] = x.index;
  n.policy = ramp::at_zero<0.25>.value;
  int const f = g.insert(n);
  int const one = g.constant(1.0);
  tangents const t = forward_along(g, f, {x.index}, {{one}}, policy);
  int const slope = ramp::pass::reverse(g, {f}, {one}, {x.index}, policy, &t)[0];
  int const ties = unsettled_ties(g, f, {x.index}, t, policy);
  for (double at : {-1.0, 0.0, 1.0}) {
    auto const e = evaluate_at(g, {{at}});
    CHECK(e[slope][0] == (at < 0 ? 0.0 : at == 0 ? 0.25 : 1.0));
    CHECK(e[t.at[0][f]][0] == e[slope][0]);
    CHECK(e[ties][0] == (at == 0));
  }
}

TEST_CASE("operands that do not move have no tie", "[directional]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  value const f = x.combine<op::leaky_relu>(0.0, y) * y;
  tangents const t = forward_along(g, f.index, {y.index}, {{g.constant(1.0)}}, policy);
  CHECK(g.is_constant(unsettled_ties(g, f.index, {y.index}, t, policy), 0.0));
}

// What rules may ask for vectors with a kink where all their elements are 0, such as a norm.
TEST_CASE("a vector is settled as a whole", "[directional]") {
  graph g;
  value const a = argument(g, "a");
  value const b = argument(g, "b");
  value const f = a.combine<op::max>(0.0, b);  // any operation of two
  numbers const units{1, 0, 0, 1};
  tangents const t = forward_along(
      g, f.index, {a.index, b.index},
      {{g.constant(0.0), g.constant(0.0)}, {g.constant(0.0), g.constant(-3.0)},
       {g.constant(1.0), g.constant(5.0)}},
      policy);
  node const n = g[f.index];
  ramp::pass::rule r(g, n, f.index, policy);
  CHECK(r.settled_vector(r.x[0], r.x[1]).a.index == a.index);  // no direction, no change
  ramp::list<int> ties;
  r.along = &t;
  r.ties = &ties;
  auto const [left, right] = r.settled_vector(r.x[0], r.x[1]);
  REQUIRE(ties.size() == 1);
  auto const at = [&](double p, double q) {
    auto const e = evaluate_at(g, {{p}, {q}});
    return numbers{e[left.index][0], e[right.index][0], e[ties[0]][0]};
  };
  CHECK(at(2, 7) == numbers{2, 7, 0});
  CHECK(at(0, 7) == numbers{0, 7, 0});
  CHECK(at(0, 0) == numbers{0, -3, 0});  // the second direction, although a moves along the third
}

TEST_CASE("a vector along reduced dimensions is settled as a whole", "[directional]") {
  graph g;
  value const x = argument(g, "x", shape(2, 3));
  value const v = argument(g, "v", shape(2, 3));
  value const w = argument(g, "w", shape(2, 3));
  value const f = ramp::ir::reduce_to<op::reduce_max>(x, map_of(0), 1);  // any reduction
  value const total = ramp::ir::reduce_to<op::sum>(f, {}, 0);
  tangents const t = forward_along(g, total.index, {x.index}, {{v.index}, {w.index}}, policy);
  node const n = g[f.index];
  ramp::pass::rule r(g, n, f.index, policy);
  ramp::list<int> ties;
  r.along = &t;
  r.ties = &ties;
  value const settled = r.settled_vector(r.x[0]);
  REQUIRE(ties.size() == 1);
  ramp::check::point const at{{0, 0, 0, 0, 5, 0}, {0, 0, 0, 1, 1, 1}, {0, 2, 0, 3, 3, 3}};
  CHECK(elements(g, settled.index, at) == numbers{0, 2, 0, 0, 5, 0});
  CHECK(elements(g, ties[0], at) == numbers{0, 0});
  ramp::check::point const still{{0, 0, 0, 0, 5, 0}, {0, 0, 0, 1, 1, 1}, {0, 0, 0, 3, 3, 3}};
  CHECK(elements(g, ties[0], still) == numbers{1, 0});
}
