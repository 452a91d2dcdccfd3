// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/canonical_layout.hpp>

#include <catch2/catch.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
namespace op = ramp::op;

TEST_CASE("a shape given twice is given once", "[canonical]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  auto reshaped = [&](int source, shape const& s) {
    node n;
    n.operation = code<op::reshape>;
    n.arity = 1;
    n.rank = s.rank;
    n.iteration = s;
    n.operand[0] = source;
    return g.insert(n);
  };
  int const flat = reshaped(m.index, shape(6));
  CHECK(reshaped(flat, shape(3, 2)) == reshaped(m.index, shape(3, 2)));
  CHECK(reshaped(flat, shape(2, 3)) == m.index);
  CHECK(reshaped(flat, shape(6)) == flat);
}

TEST_CASE("slices of slices, and pads of pads, are one", "[canonical]") {
  graph g;
  value const x = argument(g, "x", shape(12));
  auto moved = [&](ramp::ir::opcode operation, int source, int count, int first, int step) {
    node n;
    n.operation = operation;
    n.arity = 1;
    n.rank = 1;
    n.iteration = shape(count);
    n.operand[0] = source;
    n.attribute = {0, first, step};
    return g.insert(n);
  };
  auto slice = [&](int source, int count, int first, int step) {
    return moved(code<op::slice>, source, count, first, step);
  };
  auto pad = [&](int source, int count, int first, int step) {
    return moved(code<op::pad>, source, count, first, step);
  };
  CHECK(slice(slice(x.index, 5, 1, 2), 2, 4, -3) == slice(x.index, 2, 9, -6));
  CHECK(slice(slice(x.index, 12, 11, -1), 12, 11, -1) == x.index);
  CHECK(slice(x.index, 12, 0, 1) == x.index);
  CHECK(slice(x.index, 1, 5, 3) == slice(x.index, 1, 5, 1));
  int const two = slice(x.index, 2, 0, 1);
  CHECK(pad(pad(two, 3, 2, -2), 7, 1, 2) == pad(two, 7, 5, -4));
  CHECK(pad(two, 2, 0, 1) == two);
  CHECK(pad(slice(x.index, 1, 5, 3), 4, 2, 3) == pad(slice(x.index, 1, 5, 3), 4, 2, 1));
  // along another axis they stay apart
  value const m = argument(g, "m", shape(3, 4));
  node n = g[slice(x.index, 2, 0, 1)];
  n.rank = 2;
  n.iteration = shape(2, 4);
  n.operand[0] = m.index;
  n.operand[0] = g.insert(n);
  n.iteration = shape(2, 2);
  n.attribute = {1, 0, 1};
  CHECK(g[g.insert(n)].operand[0] != m.index);
}
