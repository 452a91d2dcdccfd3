// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/eliminate_dead_code.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::pass::eliminate_dead_code;
namespace op = ramp::op;

TEST_CASE("what no root needs is gone, the rest keeps its order", "[dead_code]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  value const dead = (y * y).combine<op::exp>(0.0);
  value const live = (x * x) + x;
  ramp::list<int> roots{live.index};
  auto const r = eliminate_dead_code(g, roots);
  CHECK(ramp::ir::verify(r) == "");
  CHECK(r.size() == 3);
  CHECK(roots == ramp::list<int>{2});
  CHECK(r[0].operation == code<op::argument>);
  CHECK(r[1].operation == code<op::mul>);
  CHECK(r[2].operation == code<op::add>);
  CHECK(g[dead.index].operation == code<op::exp>);  // the graph it was given is as it was
}

TEST_CASE("arguments keep their numbers, needed or not", "[dead_code]") {
  graph g;
  argument(g, "x");
  value const y = argument(g, "y");
  ramp::list<int> roots{(y * 2.0).index};
  auto const r = eliminate_dead_code(g, roots);
  REQUIRE(r.arguments.size() == 2);
  CHECK(r.arguments == g.arguments);
  CHECK(ramp::check::evaluate_at(r, {{5.0}, {7.0}})[roots[0]][0] == 14.0);
}

TEST_CASE("several roots, the same root twice, a leaf as a root", "[dead_code]") {
  graph g;
  value const x = argument(g, "x");
  value const s = x.combine<op::sin>(0.0);
  ramp::list<int> roots{s.index, x.index, s.index};
  auto const r = eliminate_dead_code(g, roots);
  CHECK(roots == ramp::list<int>{1, 0, 1});
  CHECK(r.size() == 2);
}

TEST_CASE("the result can be built upon: its nodes are found again", "[dead_code]") {
  graph g;
  value const x = argument(g, "x");
  ramp::list<int> roots{(x * x).index};
  auto r = eliminate_dead_code(g, roots);
  value const again = ramp::ir::value_of(r, r.argument_node(0));
  CHECK((again * again).index == roots[0]);
}
