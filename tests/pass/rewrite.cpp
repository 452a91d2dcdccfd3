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
