// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/matrix.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/verify.hpp>

#include "laws/graphs.hpp"

using namespace laws;
namespace ir = ramp::ir;
namespace op = ramp::op;

namespace {

node on_matrices(ramp::ir::opcode operation, int rank, shape const& iteration) {
  node n;
  n.operation = operation;
  n.arity = op::facts_of(operation).arity;
  n.rank = rank;
  n.iteration = iteration;
  return n;
}

/// A graph with one fault: `change` is made to a node that solves five systems with two columns.
std::string_view fault(void (*change)(node&)) {
  graph g;
  node n = on_matrices(code<op::solve>, 3, shape(5, 3, 2, 3));
  n.operand[0] = argument(g, "a", shape(5, 3, 3)).index;
  n.map[0] = map_of(0, 3, 1);
  n.operand[1] = argument(g, "b", shape(3, 2)).index;
  n.map[1] = map_of(3, 2);
  change(n);
  g.intern(n);
  return ir::verify(g);
}

}  // namespace

TEST_CASE("where the matrices are in the iteration", "[matrix]") {
  node const inverse = on_matrices(code<op::inverse>, 4, shape(2, 5, 3, 3));
  CHECK(ir::batch_rank(inverse) == 2);
  CHECK(ir::square_extent(inverse) == 3);
  CHECK(ir::dimensions_of(inverse, 0).rows == 2);
  CHECK(ir::dimensions_of(inverse, -1).columns == 3);
  CHECK(ir::matrix_shape(inverse, 0) == shape(2, 5, 3, 3));

  node const determinant = on_matrices(code<op::determinant>, 1, shape(5, 3, 3));
  CHECK(ir::batch_rank(determinant) == 1);
  CHECK(ir::matrix_shape(determinant, 0) == shape(5, 3, 3));

  node const solve = on_matrices(code<op::solve>, 3, shape(5, 3, 2, 3));
  CHECK(ir::batch_rank(solve) == 1);
  CHECK(ir::square_extent(solve) == 3);
  CHECK(ir::column_extent(solve) == 2);
  CHECK(ir::dimensions_of(solve, 0).rows == 3);
  CHECK(ir::dimensions_of(solve, 0).columns == 1);
  CHECK(ir::dimensions_of(solve, 1).rows == 3);
  CHECK(ir::dimensions_of(solve, 1).columns == 2);
  CHECK(ir::dimensions_of(solve, -1).rows == 1);
  CHECK(ir::matrix_shape(solve, 0) == shape(5, 3, 3));
  CHECK(ir::matrix_shape(solve, 1) == shape(5, 3, 2));
  CHECK(ir::matrix_shape(solve, -1) == shape(5, 3, 2));

  node const vectors = on_matrices(code<op::solve>, 2, shape(5, 3, 1, 3));
  CHECK(ir::batch_rank(vectors) == 1);
  CHECK(ir::matrix_shape(vectors, 0) == shape(5, 3, 3));
  CHECK(ir::matrix_shape(vectors, 1) == shape(5, 3));
}

TEST_CASE("where the dimensions of an operand are in its matrices", "[matrix]") {
  node solve = on_matrices(code<op::solve>, 3, shape(5, 3, 2, 3));
  solve.map[0] = map_of(1, 3);     // transposed, one for the whole batch
  solve.map[1] = map_of(3, 0, 2);  // rows first, then the batch
  CHECK(ir::matrix_map(solve, 0, 2) == map_of(2, 1));
  CHECK(ir::matrix_map(solve, 1, 3) == map_of(1, 0, 2));
}

TEST_CASE("faults of matrix operations are found and said", "[matrix]") {
  CHECK(fault([](node&) {}) == "");
  CHECK(fault([](node& n) { n.rank = 1; }) ==
        "a matrix operation has another number of dimensions than its matrices");
  CHECK(fault([](node& n) { n.rank = 4; }) ==
        "a matrix operation has another number of dimensions than its matrices");
  CHECK(fault([](node& n) { n.rank = 2; }) == "a vector has more than one column");
  CHECK(fault([](node& n) {
          n.operand[0] = n.operand[1];
          n.map[0] = map_of(3, 1);
          n.iteration[1] = 2;
        }) == "a matrix is not square");
  CHECK(fault([](node& n) { n.map[1] = map_of(1, 2); }) ==
        "a map names a dimension that the operand's matrices do not have");
}
