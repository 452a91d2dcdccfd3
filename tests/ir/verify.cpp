// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/verify.hpp>

#include <catch2/catch.hpp>

#include <string_view>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::ir::verify;
namespace op = ramp::op;

namespace {

/// A graph with one fault: `change` is made to its product node.
std::string_view fault(void (*change)(node&)) {
  graph g;
  value const a = argument(g, "a", shape(2, 3));
  value const b = argument(g, "b", shape(2, 3));
  int const product = (a * b).index;
  change(g.nodes[static_cast<std::size_t>(product)]);
  return verify(g);
}

}  // namespace

TEST_CASE("a well-formed graph has no fault", "[verify]") {
  CHECK(fault([](node&) {}) == "");
  CHECK(verify(graph{}) == "");
}

TEST_CASE("every fault is found and said", "[verify]") {
  CHECK(fault([](node& n) { n.arity = 1; }) ==
        "a node has another number of operands than its operation");
  CHECK(fault([](node& n) { n.rank = 3; }) == "a node's rank does not fit its iteration space");
  CHECK(fault([](node& n) { n.rank = 1; }) == "a node that does not reduce has reduced dimensions");
  CHECK(fault([](node& n) { n.iteration[1] = 0; }) == "an extent is not positive");
  CHECK(fault([](node& n) { n.operand[1] = 2; }) == "an operand does not come before its user");
  CHECK(fault([](node& n) { n.operand[0] = -1; }) == "an operand does not come before its user");
  CHECK(fault([](node& n) { n.map[0].set(1, 5); }) ==
        "a map names a dimension that the node does not have");
  CHECK(fault([](node& n) { n.iteration[1] = 4; }) ==
        "an operand's extent differs from the node's");
  CHECK(fault([](node& n) { n.map[0] = map_of(1, 0); }) ==
        "an operand's extent differs from the node's");
}

TEST_CASE("a map that names a dimension twice is a fault", "[verify]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  node n;
  n.operation = code<op::exp>;
  n.arity = 1;
  n.iteration = shape(3, 3);
  n.rank = 2;
  n.operand[0] = m.index;
  n.map[0] = map_of(0, 0);
  g.intern(n);
  CHECK(verify(g) == "a map names a dimension twice");
}

TEST_CASE("operations that move elements stay inside of their operands", "[verify]") {
  graph base;
  int const m = argument(base, "m", shape(2, 3)).index;
  auto fault_of = [&](ramp::ir::opcode operation, shape const& s, int axis, int first,
                      int step = 1) {
    graph g = base;
    node n;
    n.operation = operation;
    n.arity = operation == code<op::concatenate> ? 2 : 1;
    n.operand = {m, operation == code<op::concatenate> ? m : -1, -1};
    n.iteration = s;
    n.rank = s.rank;
    n.attribute = {axis, first, step};
    g.intern(n);
    return verify(g);
  };
  constexpr std::string_view beyond = "an operation along an axis reads or writes beyond the end";
  CHECK(fault_of(code<op::reshape>, shape(3, 2), 0, 0) == "");
  CHECK(fault_of(code<op::reshape>, shape(4), 0, 0) == "a reshape changes the number of elements");
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 1) == "");
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 2) == beyond);
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, -1) == beyond);
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 0, 2) == "");
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 1, 2) == beyond);
  CHECK(fault_of(code<op::slice>, shape(2, 3), 1, 2, -1) == "");
  CHECK(fault_of(code<op::slice>, shape(2, 3), 1, 1, -1) == beyond);
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 3, -1) == beyond);
  CHECK(fault_of(code<op::slice>, shape(2, 2), 1, 0, 0) == beyond);
  CHECK(fault_of(code<op::slice>, shape(1, 2), 1, 0) ==
        "an operation along one axis changes the extent of another");
  CHECK(fault_of(code<op::slice>, shape(2), 0, 0) ==
        "an operation along an axis has another rank than its operand, or no such axis");
  CHECK(fault_of(code<op::slice>, shape(2, 2), 2, 0) ==
        "an operation along an axis has another rank than its operand, or no such axis");
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 2) == "");
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 3) == beyond);
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 0, 2) == "");
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 4, -2) == "");
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 1, 2) == beyond);
  CHECK(fault_of(code<op::pad>, shape(2, 5), 1, 0, 0) == beyond);
  CHECK(fault_of(code<op::concatenate>, shape(2, 6), 1, 3) == "");
  CHECK(fault_of(code<op::concatenate>, shape(2, 6), 1, 2) == beyond);
  CHECK(fault_of(code<op::concatenate>, shape(2, 5), 1, 3) == beyond);
}

TEST_CASE("an argument node names an argument", "[verify]") {
  graph g;
  node n;
  n.operation = code<op::argument>;
  n.attribute[0] = 1;
  g.intern(n);
  CHECK(verify(g) == "an argument node names no argument");
}
