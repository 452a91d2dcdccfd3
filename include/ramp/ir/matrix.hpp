// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/ir/node.hpp>

namespace ramp::ir {

// A node of a matrix operation iterates over its batch, then over matrices. Operands are read
// through maps into that space, so a transposed matrix, and one that all of a batch share, is read
// where it is:
//   square    result [batch, i, j]; operands [batch, i, j]
//   number    result [batch], reduced i, j; operand [batch, i, j]
//   columns   X of A X = B: result X [batch, i, j], reduced r; operands A [batch, r, i] and
//             B [batch, r, j]. For vectors X [batch, i] and B [batch, r], j is among the reduced
//             and has extent 1

constexpr bool is_on_columns(node const& n) {
  return op::facts_of(n.operation).form == op::matrix_form::columns;
}

/// How many leading dimensions of a matrix operation are its batch.
constexpr int batch_rank(node const& n) { return n.iteration.rank - (is_on_columns(n) ? 3 : 2); }

/// Rows and columns of the first operand.
constexpr int square_extent(node const& n) { return n.extent(batch_rank(n)); }
/// Columns of the second operand and the result; 1 for a vector.
constexpr int column_extent(node const& n) { return n.extent(batch_rank(n) + 1); }

/// The iteration dimensions of the rows and columns of operand k, or of the result (k = -1).
struct matrix_dimensions {
  int rows = 0, columns = 0;
};
constexpr matrix_dimensions dimensions_of(node const& n, int k) {
  int const batch = batch_rank(n);
  if (!is_on_columns(n) || k < 0) return {batch, batch + 1};
  return {batch + 2, k == 0 ? batch : batch + 1};
}

/// The shape of the batch.
constexpr shape batch_shape(node const& n) {
  shape s;
  for (int d = 0; d < batch_rank(n); ++d) s = s.appended(n.extent(d));
  return s;
}

/// The shape of operand k, or of the result (k = -1), with the whole batch: [batch, rows, columns],
/// or [batch, rows] for vectors.
constexpr shape matrix_shape(node const& n, int k) {
  shape const s = batch_shape(n).appended(n.extent(dimensions_of(n, k).rows));
  bool const is_vector = is_on_columns(n) && k != 0 && n.rank == s.rank;
  return is_vector ? s : s.appended(n.extent(dimensions_of(n, k).columns));
}

/// Where the dimensions of operand k, of `rank` dimensions, are in `matrix_shape(n, k)`.
constexpr axis_map matrix_map(node const& n, int k, int rank) {
  int const batch = batch_rank(n);
  matrix_dimensions const m = dimensions_of(n, k);
  axis_map result;
  for (int d = 0; d < rank; ++d) {
    int const e = n.map[k][d];
    result.set(d, e == m.rows ? batch : e == m.columns ? batch + 1 : e);
  }
  return result;
}

}  // namespace ramp::ir
