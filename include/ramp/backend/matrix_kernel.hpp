// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/backend/generic_kernel.hpp>
#include <ramp/ir/matrix.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// A matrix operation for one element type and size: one function for all programs, because the
/// code is long and its time not in the call.
template <class Op, class T, int Rows, int Columns>
RAMP_NOINLINE void compute_matrix(T* a, T const* b, T* y, T* work, bool upper) {
  Op::value(math::matrix_blocks<T>{Rows, Columns, a, b, y, work, upper});
}
template <class Op, class T, int Rows>
RAMP_NOINLINE void prepare_matrix(T* a, T* work) {
  Op::prepare(math::matrix_blocks<T>{Rows, 1, a, nullptr, nullptr, work, false});
}

/// One matrix operation. The matrices of a batch are taken one after the other: copied from
/// wherever their operand is stored to the stack, computed, and stored. Neighbours in the batch
/// that share the first operand share what is done to it once. Cost: that of the operation, and of
/// reading and writing each element once.
template <class P, int K>
struct matrix_kernel {
  using generic = generic_kernel<P, K>;
  using T = value_type<P>;
  using Op = typename generic::Op;
  using position = typename generic::position;
  static constexpr node const& n = generic::n;
  static constexpr int batch = ir::batch_rank(n);
  static constexpr int rows = ir::square_extent(n);
  static constexpr int columns = ir::column_extent(n);

  RAMP_ALWAYS_INLINE static void run(context<T> const& c) {
    if constexpr (place_of<P>(generic::main).at.where == memory::state)
      if (!c.last) return;  // a model changes at the end of a call
    position at{};
    blocks m;
    batches<0>(c, at, m);
  }

 private:
  static constexpr bool is_number = Op::form == op::matrix_form::number;

  struct blocks {
    alignas(pass::panel_bytes) T a[static_cast<std::size_t>(rows * rows)];
    T b[static_cast<std::size_t>(Op::arity == 1 ? 1 : rows * columns)];
    T y[static_cast<std::size_t>(is_number ? 1 : rows * columns)];
    T work[static_cast<std::size_t>(Op::work(rows) + 1)];
    int shared = -1;  // which matrix of the first operand is in `a`
  };

  template <int D>
  RAMP_ALWAYS_INLINE static void batches(context<T> const& c, position& at, blocks& m) {
    if constexpr (D == batch) {
      compute(c, at, m);
    } else {
      for (at[D] = 0; at[D] < n.extent(D); ++at[D]) batches<D + 1>(c, at, m);
    }
  }

  RAMP_ALWAYS_INLINE static void compute(context<T> const& c, position& at, blocks& m) {
    if (int const first = number_of_first(at); Op::arity == 1 || first != m.shared) {
      each<0, rows, rows>(at, [&](int i) { m.a[i] = generic::template operand<0>(c, at); });
      if constexpr (requires { &Op::template prepare<T>; })
        prepare_matrix<Op, T, rows>(m.a, m.work);
      m.shared = first;
    }
    if constexpr (Op::arity == 2)
      each<1, rows, columns>(at, [&](int i) { m.b[i] = generic::template operand<1>(c, at); });
    compute_matrix<Op, T, rows, columns>(m.a, m.b, m.y, m.work, n.attribute[0] != 0);
    if constexpr (is_number) generic::write(c, at, m.y[0]);
    else each<-1, rows, columns>(at, [&](int i) { generic::write(c, at, m.y[i]); });
  }

  /// Which of the different matrices of the first operand is wanted.
  RAMP_ALWAYS_INLINE static int number_of_first(position const& at) {
    int number = 0;
    for (int d = 0; d < node_of<P>(n.operand[0]).rank; ++d)
      if (int const e = n.map[0][d]; e < batch)
        number = number * n.extent(e) + at[static_cast<std::size_t>(e)];
    return number;
  }

  /// Calls f(i) for element i, row by row, of a matrix of operand k.
  template <int OperandOrResult, int Rows, int Columns, class F>
  RAMP_ALWAYS_INLINE static void each(position& at, F&& f) {
    constexpr ir::matrix_dimensions d = ir::dimensions_of(n, OperandOrResult);
    for (int row = 0; row < Rows; ++row)
      for (int column = 0; column < Columns; ++column) {
        at[static_cast<std::size_t>(d.rows)] = row;
        at[static_cast<std::size_t>(d.columns)] = column;
        f(row * Columns + column);
      }
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
