// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/matrix_value.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/verify.hpp>

#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
namespace ir = ramp::ir;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

/// The elements of a value in its own space.
numbers elements(value const& v, std::vector<numbers> const& arguments) {
  graph& g = *v.owner;
  int const node_index = ir::full(v);
  CHECK(ir::verify(g) == "");
  CHECK(g[node_index].result_shape() == v.space);
  auto const e = ramp::check::evaluate_at(g, arguments);
  return {e[node_index], e[node_index] + v.space.elements()};
}

}  // namespace

TEST_CASE("matrix values: products", "[matrix]") {
  graph g;
  value const a = argument(g, "a", shape(2, 2, 2));  // two matrices
  value const b = argument(g, "b", shape(2, 2, 1));
  value const v = argument(g, "v", shape(2, 2));  // two vectors
  std::vector<numbers> const at{{1, 2, 3, 4, 0, 1, 1, 0}, {1, 1, 5, 7}, {1, -1, 2, 3}};

  CHECK(elements(ir::transposed(a), at) == numbers{1, 3, 2, 4, 0, 1, 1, 0});
  CHECK(elements(ir::matrix_product(a, b), at) == numbers{3, 7, 7, 5});
  CHECK(elements(ir::matrix_product(a, v), at) == numbers{-1, -1, 3, 2});
  CHECK(elements(ir::matrix_product(ir::transposed(a), a), at) ==
        numbers{10, 14, 14, 20, 1, 0, 0, 1});
  CHECK(elements(ir::outer_product(v, v, 1), at) == numbers{1, -1, -1, 1, 4, 6, 6, 9});
  CHECK(elements(ir::outer_product(b, b, 1), at) == numbers{1, 1, 1, 1, 25, 35, 35, 49});
  CHECK(elements(ir::sum_of_products(a, a), at) == numbers{30, 30, 30, 30, 2, 2, 2, 2});
  CHECK(elements(ir::trace(a), at) == numbers{5, 5, 5, 5, 0, 0, 0, 0});
  CHECK(g[ir::matrix_product(a, ir::transposed(a)).index].is(code<op::contract>));

  CHECK(ir::matrix_product(a, {}).absent());
  CHECK(ir::outer_product({}, v, 1).absent());
  CHECK(ir::transposed({}).absent());
  CHECK(ir::trace({}).absent());
  CHECK(ir::sum_of_products({}, a).absent());
}

TEST_CASE("matrix values: triangles", "[matrix]") {
  graph g;
  value const a = argument(g, "a", shape(3, 3));
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(elements(ir::triangle(a, false), {{1, nan, nan, 4, 5, nan, 7, 8, 9}}) ==
        numbers{1, 0, 0, 4, 5, 0, 7, 8, 9});
  CHECK(elements(ir::triangle(a, true), {{1, 2, 3, nan, 5, 6, nan, nan, 9}}) ==
        numbers{1, 2, 3, 0, 5, 6, 0, 0, 9});
  CHECK(elements(ir::halved_diagonal(a), {{1, 2, 3, 4, 5, 6, 7, 8, 9}}) ==
        numbers{0.5, 2, 3, 4, 2.5, 6, 7, 8, 4.5});
  // of a matrix that has one row for all of its own
  value row = argument(g, "row", shape(3));
  row.map = map_of(1);
  row.space = shape(3, 3);
  CHECK(elements(ir::triangle(row, false), {numbers(9), {1, 2, 3}}) ==
        numbers{1, 0, 0, 1, 2, 0, 1, 2, 3});
  CHECK(ir::triangle({}, true).absent());
  CHECK(ir::halved_diagonal({}).absent());
}

TEST_CASE("matrix values: operations read through maps", "[matrix]") {
  graph g;
  value const a = argument(g, "a", shape(2, 2));
  value const b = argument(g, "b", shape(3, 2));
  std::vector<numbers> const at{{2, 0, 2, 4}, {2, 4, 2, 0, 0, 8}};
  // one matrix for three vectors
  value shared = a;
  shared.space = shape(3, 2, 2);
  shared.map = map_of(1, 2);
  CHECK(elements(ir::matrix_operation<op::solve>(shared, b), at) == numbers{1, 0.5, 1, -0.5, 0, 2});
  value const upper = ir::matrix_operation<op::triangular_solve>(ir::transposed(shared), b, true);
  CHECK(elements(upper, at) == numbers{0, 1, 1, 0, -2, 2});
  CHECK(g[upper.index].operand[0] == a.index);
  // the same for three columns
  CHECK(elements(ir::matrix_operation<op::solve>(a, ir::transposed(b)), at) ==
        numbers{1, 1, 0, 0.5, -0.5, 2});
  CHECK(elements(ir::matrix_operation<op::determinant>(a), at) == numbers{8});
  CHECK(elements(ir::matrix_functions::number_of<op::determinant>(a), at) == numbers{8, 8, 8, 8});
  CHECK(elements(ir::matrix_operation<op::inverse>(shared), at) ==
        numbers{0.5, 0, -0.25, 0.25, 0.5, 0, -0.25, 0.25, 0.5, 0, -0.25, 0.25});
  CHECK(ir::matrix_operation<op::inverse>(value{}).absent());
  CHECK(ir::matrix_operation<op::solve>(a, {}).absent());
}

TEST_CASE("a view is read through by operations on matrices", "[matrix]") {
  graph g;
  value const a = argument(g, "a", shape(2, 3, 2));
  value const turned{&g, a.index, map_of(1, 0, 2), shape(3, 2, 2)};
  int const view = ir::materialized(turned);
  REQUIRE(g[view].is(code<op::view>));
  value const inverse = ir::matrix_operation<op::inverse>(ir::value_of(g, view));
  CHECK(g[inverse.index].operand[0] == a.index);
  CHECK(g[inverse.index].map[0] == map_of(1, 0, 2));
}
