// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/graph.hpp>

#include <catch2/catch.hpp>

#include <string>

#include "laws/graphs.hpp"

using namespace laws;
namespace op = ramp::op;

TEST_CASE("a common subexpression exists once", "[graph]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  CHECK((x * y).index == (x * y).index);
  CHECK((x * y).index != (y * x).index);  // operands are never sorted
  CHECK(g.constant(0.0) == g.constant(0.0));
  CHECK(g.constant(0.0) != g.constant(-0.0));
  CHECK(g.iota(3) == g.iota(3));
  CHECK(g.iota(3) != g.iota(4));
}

TEST_CASE("nodes are found again when the table has grown", "[graph]") {
  graph g;
  ramp::list<int> made;
  for (int i = 0; i < 5000; ++i) made.push_back(g.constant(i * 0.5));
  CHECK(g.size() == 5000);
  bool same = true;
  for (int i = 0; i < 5000; ++i)
    same = same && g.constant(i * 0.5) == made[static_cast<std::size_t>(i)];
  CHECK(same);
  CHECK(g.size() == 5000);
}

TEST_CASE("nodes that were appended without a search are found like any other", "[graph]") {
  for (int count : {1, 5, 40, 300}) {
    graph g;
    auto const numbered = [](int i) {
      ramp::ir::node n;
      n.operation = code<op::constant>;
      n.value = i * 0.5;
      return n;
    };
    for (int i = 0; i < count; ++i) CHECK(g.append(numbered(i)) == i);
    CHECK(g.constant((count - 1) * 0.5) == count - 1);
    CHECK(g.constant(-1.0) == count);
    CHECK(g.append(numbered(count)) == count + 1);  // between two searches
    CHECK(g.constant(count * 0.5) == count + 1);
    CHECK(g.constant(0.0) == 0);
    CHECK(g.size() == count + 2);
  }
}

TEST_CASE("arguments are found by name and kind", "[graph]") {
  using ramp::ir::argument_kind;
  graph g;
  CHECK(g.find_or_add({"x", argument_kind::variable, shape(3), 0}) == 0);
  CHECK(g.find_or_add({"w", argument_kind::parameter, shape(3), 0}) == 1);
  CHECK(g.find_or_add({"x", argument_kind::variable, shape(3), 0}) == 0);
  CHECK(g.find_or_add({"x", argument_kind::state, shape(3), 0}) == 2);
  CHECK(g[g.argument_node(1)].result_shape() == shape(3));
  CHECK(g.argument_node(1) == g.argument_node(1));
}

TEST_CASE("viewed makes no node where a view changes nothing", "[graph]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  CHECK(g.viewed(m.index, map_of(0, 1), shape(2, 3)) == m.index);
  int const c = g.constant(2.0);
  CHECK(g.viewed(c, {}, shape(2, 3)) == c);
  int const transposed = g.viewed(m.index, map_of(1, 0), shape(3, 2));
  CHECK(g[transposed].operation == code<op::view>);
  CHECK(g.viewed(transposed, map_of(1, 0), shape(2, 3)) == m.index);
}

namespace {

constexpr int nodes_of_a_large_graph() {
  graph g;
  value x = argument(g, "x");
  for (int i = 0; i < 400; ++i) x = x * x + x;
  return g.size();
}
static_assert(nodes_of_a_large_graph() == 801, "default limits of constant evaluation suffice");

}  // namespace
