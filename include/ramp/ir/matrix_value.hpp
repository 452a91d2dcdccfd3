// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/ir/matrix.hpp>
#include <ramp/ir/value.hpp>

// Matrices as values: the last two dimensions of their space, the others are a batch. What the
// derivative rules of matrix operations compute with. Of absent operands the result is absent.

namespace ramp::ir {

/// The map of `v` into another space, where dimension d of its own is dimension moved[d].
constexpr value remapped(value v, axis_map moved, shape const& space) {
  v.map = moved.after(v.map, (*v.owner)[v.index].rank);
  v.space = space;
  return v;
}

constexpr value transposed(value const& v) {
  if (v.absent()) return v;
  int const last = v.space.rank - 1;
  axis_map exchanged = axis_map::identity(v.space.rank);
  exchanged.set(last, last - 1);
  exchanged.set(last - 1, last);
  shape space = v.space;
  space[last] = v.space[last - 1];
  space[last - 1] = v.space[last];
  return remapped(v, exchanged, space);
}

/// The sum over all but the first `rank` dimensions of a product.
constexpr value summed_product(value const& a, value const& b, int rank) {
  return reduce_to<op::sum>(widened(a * b, a.space), axis_map::identity(rank), rank);
}

/// A B, where B is a matrix or a vector.
constexpr value matrix_product(value const& a, value const& b) {
  if (a.absent() || b.absent()) return {};
  int const batch = a.space.rank - 2;
  int const inner = b.space.rank;  // after the dimensions of the result
  shape space = b.space;
  space[batch] = a.space[batch];
  space = space.appended(a.space[batch + 1]);
  axis_map left = axis_map::identity(batch + 1);
  axis_map right = axis_map::identity(b.space.rank);
  left.set(batch + 1, inner);
  right.set(batch, inner);
  return summed_product(remapped(a, left, space), remapped(b, right, space), inner);
}

/// A B^T, where both are matrices, or vectors; the batch has `batch` dimensions.
constexpr value outer_product(value const& a, value const& b, int batch) {
  if (a.absent() || b.absent()) return {};
  if (a.space.rank == batch + 2) return matrix_product(a, transposed(b));
  shape const space = a.space.appended(b.space[batch]);
  axis_map right = axis_map::identity(batch);
  right.set(batch, batch + 1);
  return widened(widened(a, space) * remapped(b, right, space), space);
}

/// A comparison of the row and the column of each element, as a value beside `v`.
template <class Comparison>
constexpr value comparison_of_places(value const& v, bool row_first) {
  graph& g = *v.owner;
  int const last = v.space.rank - 1;
  shape const one(v.space[last - 1], v.space[last]);
  value const row{&g, g.iota(one[0]), axis_map::identity(1), one};
  value const column{&g, g.iota(one[1]), axis_map::identity(1).shifted(1), one};
  value const made = row_first ? row.combine<Comparison>(0.0, column)
                               : column.combine<Comparison>(0.0, row);
  axis_map places;
  places.set(0, last - 1);
  places.set(1, last);
  return remapped(made, places, v.space);
}

/// The triangle on and below the diagonal, or the one on and above it; zeros elsewhere, whatever
/// was there.
constexpr value triangle(value const& v, bool upper) {
  if (v.absent()) return v;
  value const inside = comparison_of_places<op::less_equal>(v, upper);
  return widened(inside.combine<op::where>(0.0, v, v.number(0.0)), v.space);
}

/// The matrix with its diagonal multiplied by 1/2.
constexpr value halved_diagonal(value const& v) {
  if (v.absent()) return v;
  return widened(v * (1.0 - comparison_of_places<op::equal>(v, true) * 0.5), v.space);
}

/// The sum of the products of the elements of two matrices, beside the matrices.
constexpr value sum_of_products(value const& a, value const& b) {
  if (a.absent() || b.absent()) return {};
  return widened(summed_product(a, b, a.space.rank - 2), a.space);
}

/// The sum of the diagonal, beside the matrix.
constexpr value trace(value const& v) {
  return v.absent() ? v : sum_of_products(v, comparison_of_places<op::equal>(v, true));
}

/// The result of a matrix operation. `b` of operations on columns is a matrix or a vector.
template <class Op>
constexpr value matrix_operation(value const& a, value const& b = {}, bool upper = false) {
  if (a.absent() || (Op::arity == 2 && b.absent())) return {};
  graph& g = *a.owner;
  int const batch = a.space.rank - 2;
  node n;
  n.operation = code<Op>;
  n.arity = static_cast<std::uint8_t>(Op::arity);
  n.attribute[0] = upper ? 1 : 0;
  n.iteration = a.space;
  n.rank = Op::form == op::matrix_form::number ? batch : batch + 2;
  n.operand[0] = a.index;
  n.map[0] = a.map;
  if constexpr (Op::arity == 2) {
    n.operand[1] = b.index;
    n.map[1] = b.map;
  }
  if constexpr (Op::form == op::matrix_form::columns) {
    bool const is_vector = b.space.rank == batch + 1;
    n.rank = b.space.rank;
    n.iteration[batch] = a.space[batch + 1];
    n.iteration[batch + 1] = is_vector ? 1 : b.space[batch + 1];
    n.iteration = n.iteration.appended(a.space[batch]);
    axis_map rows_and_columns = axis_map::identity(batch);
    axis_map columns_of_b = rows_and_columns;
    rows_and_columns.set(batch, batch + 2);
    rows_and_columns.set(batch + 1, batch);
    columns_of_b.set(batch, batch + 2);
    columns_of_b.set(batch + 1, batch + 1);
    n.map[0] = rows_and_columns.after(a.map, g[a.index].rank);
    n.map[1] = columns_of_b.after(b.map, g[b.index].rank);
  }
  shape const result = n.result_shape();
  return {&g, g.insert(n), axis_map::identity(result.rank), result};
}

/// The names under which rules in `op/` find these functions.
struct matrix_functions {
  static constexpr value transposed(value const& v) { return ir::transposed(v); }
  static constexpr value product(value const& a, value const& b) { return matrix_product(a, b); }
  static constexpr value lower(value const& v) { return triangle(v, false); }
  static constexpr value upper(value const& v) { return triangle(v, true); }
  static constexpr value halved_diagonal(value const& v) { return ir::halved_diagonal(v); }
  static constexpr value trace(value const& v) { return ir::trace(v); }
  static constexpr value sum_of_products(value const& a, value const& b) {
    return ir::sum_of_products(a, b);
  }
  template <class Op>
  static constexpr value matrix(value const& a) {
    return matrix_operation<Op>(a);
  }
  template <class Op>
  static constexpr value matrix(value const& a, value const& b, bool upper = false) {
    return matrix_operation<Op>(a, b, upper);
  }
  /// An operation whose result is a number, beside the matrix.
  template <class Op>
  static constexpr value number_of(value const& a) {
    return widened(matrix_operation<Op>(a), a.space);
  }
};

}  // namespace ramp::ir
