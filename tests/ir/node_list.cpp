// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/node_list.hpp>

#include <catch2/catch.hpp>

#include <array>

#include <ramp/ir/evaluate.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::ir::all_operations;
using ramp::ir::node_list;
using ramp::ir::opcode;
using ramp::ir::operation_set;
namespace op = ramp::op;

TEST_CASE("a set of operations has what was put in, in either word", "[node_list]") {
  for (int c = 0; c < op::table::size; ++c) {
    operation_set s;
    s.insert(static_cast<opcode>(c));
    s.insert(static_cast<opcode>(c));
    for (int other = 0; other < op::table::size; ++other)
      CHECK(s.contains(static_cast<opcode>(other)) == (other == c));
    CHECK(all_operations.contains(static_cast<opcode>(c)));
  }
  static_assert(op::table::size > 64);
}

TEST_CASE("a graph and an array of its nodes are the same list", "[node_list]") {
  graph g;
  value const x = argument(g, "x");
  int const f = (x.combine<op::sin>(0.0) * x).index;
  node_list const of_graph = g;
  std::array<node, 3> nodes{};
  REQUIRE(g.size() == 3);
  for (int i = 0; i < 3; ++i) nodes[static_cast<std::size_t>(i)] = g[i];
  node_list const of_array(nodes.data(), 3);
  CHECK(of_graph.count == of_array.count);
  CHECK(of_array[f] == of_graph[f]);
  operation_set const present = of_array.operations();
  CHECK(present.contains(code<op::argument>));
  CHECK(present.contains(code<op::sin>));
  CHECK(present.contains(code<op::mul>));
  CHECK_FALSE(present.contains(code<op::cos>));
  CHECK_FALSE(present.contains(code<op::constant>));
  CHECK(node_list(nullptr, 0).operations().words[0] == 0);
}

TEST_CASE("a program is evaluated with its own operations alone", "[node_list]") {
  static constexpr operation_set present = [] {
    operation_set s;
    s.insert(code<op::argument>);
    s.insert(code<op::mul>);
    return s;
  }();
  graph g;
  value const x = argument(g, "x");
  int const square = (x * x).index;
  double const three = 3.0;
  CHECK(ramp::ir::evaluate<double, present>(g, {&three})[square][0] == 9.0);
}
