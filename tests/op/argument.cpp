// SPDX-License-Identifier: BSL-1.0
#include <ramp/op/argument.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/graph.hpp>

using namespace ramp;

TEST_CASE("an argument has no operands and no formula", "[op]") {
  static_assert(op::argument::kind == op::category::leaf);
  static_assert(op::argument::arity == 0);
  static_assert(op::argument::text.symbol.empty());
  static_assert(!op::elementwise<op::argument> && !op::kinked<op::argument>);
}

TEST_CASE("an argument is known by its number", "[op]") {
  ir::graph g;
  for (shape const& s : {shape(2), shape(3, 2)})
    g.arguments.push_back({"x", ir::argument_kind::variable, s, 0});
  int const second = g.argument_node(1);
  int const first = g.argument_node(0);
  CHECK(g[second].is(op::code<op::argument>));
  CHECK(g[second].attribute[0] == 1);
  CHECK(g[second].result_shape() == shape(3, 2));
  CHECK(g[first].attribute[0] == 0);
  CHECK(first != second);
  CHECK(g.argument_node(1) == second);
}
