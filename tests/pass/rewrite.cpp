// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::check::check_forward_reverse;
using ramp::check::point;

TEST_CASE("rules fire only where maps agree", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  value const flipped{&g, m.index, map_of(1, 0), m.space};
  auto rewritten = [&](value v) {
    ramp::list<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    return r[roots[0]].operation;
  };
  CHECK(rewritten(relu(m) - relu(-m)) == code<op::argument>);
  CHECK(rewritten(relu(m) - relu(-flipped)) == code<op::sub>);
  CHECK(rewritten(max(m, -flipped)) == code<op::max>);
  CHECK(rewritten(sqrt(m * flipped)) == code<op::sqrt>);
  CHECK(rewritten(max(m, flipped) + min(m, flipped)) == code<op::add>);

  // the pattern as a whole may be seen through any map
  value const r = relu(m);
  value const n = relu(-m);
  value const both_flipped =
      value{&g, r.index, map_of(1, 0), m.space} - value{&g, n.index, map_of(1, 0), m.space};
  CHECK(rewritten(both_flipped) == code<op::view>);
  value const one_flipped = value{&g, r.index, map_of(1, 0), m.space} - n;
  CHECK(rewritten(one_flipped) == code<op::sub>);
}

TEST_CASE("a nested maximum shares ties evenly, of any rank and through broadcasts", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const row = argument(g, "row", shape(3));
  value const s = argument(g, "s");
  value const wide_row{&g, row.index, map_of(1), m.space};
  value const all = max(max(m, wide_row), max(s, m * 2.0));
  ramp::list<int> roots{all.index};
  auto const flat = ramp::pass::rewrite(g, roots);
  REQUIRE(ramp::ir::verify(flat) == "");
  CHECK(flat[roots[0]].operation == code<op::reduce_max>);
  point const at{{0, 1, -1, 2, 0, -3}, {0, 1, 4}, {0}};
  auto const before = ramp::check::evaluate_at(g, at);
  auto const after = ramp::check::evaluate_at(flat, at);
  for (int i = 0; i < 6; ++i) CHECK(before[all.index][i] == after[roots[0]][i]);
  CHECK(check_forward_reverse(flat, roots[0], {0, 1, 2}, at, {.tolerance = 0.0}).passed());
  // element 0 is a tie of all four: m and row and s one quarter each, and 2m two of the quarters
  std::vector<double> const first{1, 0, 0, 0, 0, 0};
  auto const shares =
      ramp::check::reverse_derivative(flat, roots[0], {0, 1, 2}, at, first, ramp::standard.value);
  CHECK(shares[0][0] == 0.75);
  CHECK(shares[1][0] == 0.25);
  CHECK(shares[2][0] == 0.25);
}

TEST_CASE("a maximum against a constant is not flattened", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  for (value const& v : {max(max(x, 1.0), y), max(max(x, y), 1.0), max(max(x, -1.0), 2.0)}) {
    ramp::list<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    CHECK(r[roots[0]].operation == code<op::max>);
  }
}

TEST_CASE("a kink of a multiple of a kink becomes one, or stays where slopes would round",
          "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto rewritten = [&](value v) {
    ramp::list<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    REQUIRE(ramp::ir::verify(r) == "");
    ramp::list<int> again = roots;
    CHECK(ramp::pass::rewrite(r, again).nodes == r.nodes);
    int kinks = 0;
    for (node const& n : r.nodes) kinks += n.is(code<op::relu>) || n.is(code<op::abs>);
    return kinks;
  };
  CHECK(rewritten(relu(relu(x) * 0.3)) == 1);
  CHECK(rewritten(abs(relu(x) * -0.5)) == 1);
  CHECK(rewritten(relu(relu(x * 0.1) * 0.3)) == 2);          // so is 0.1 * 0.3
  CHECK(rewritten(abs(abs(x * 0.1) * 0.3)) == 2);
  CHECK(rewritten(max(relu(x * 0.1) * 0.3, 0.0)) == 2);
  // deeper than slopes are followed
  value deep = x;
  for (int i = 0; i < 12; ++i) deep = -(relu(deep) * 0.7) * 0.3;
  CHECK(rewritten(relu(deep)) <= 13);
}

TEST_CASE("strip_policies makes equal nodes of nodes that differ in policy alone", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  node n;
  n.operation = code<op::relu>;
  n.arity = 1;
  n.operand[0] = x.index;
  int const plain = g.insert(n);
  n.policy = ramp::at_zero<1.0>.value;
  int const marked = g.insert(n);
  REQUIRE(plain != marked);
  ramp::list<int> roots{plain, marked};
  auto const stripped = ramp::pass::strip_policies(g, roots);
  CHECK(roots[0] == roots[1]);
  CHECK(stripped.size() == 2);
  CHECK(stripped[roots[0]].policy == ramp::kink_policy{});
}

namespace {

constexpr int nodes_after_rewriting() {
  graph g;
  value const x = argument(g, "x");
  ramp::list<int> roots{(relu(x) - relu(-x)).index};
  return ramp::pass::rewrite(g, roots).size();
}
static_assert(nodes_after_rewriting() == 1, "rewriting is usable in constant expressions");

}  // namespace
