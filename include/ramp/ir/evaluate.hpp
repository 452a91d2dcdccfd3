// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <limits>

#include <ramp/core/list.hpp>
#include <ramp/ir/graph.hpp>
#include <ramp/ir/matrix.hpp>
#include <ramp/ir/node_list.hpp>

namespace ramp::ir {

namespace detail {

/// Walks an iteration space in row-major order, one row along the last dimension at a time, with
/// the offset of each operand kept up to date. A row is a loop over plain integers: constant
/// evaluation is limited in steps, and a training run can be a constant expression.
struct walker {
  int row = 1;    // elements of a row
  int rows = 1;   // rows of the space
  int step[max_operands] = {};    // of each operand along a row
  int offset[max_operands] = {};  // at the start of the row

  constexpr walker(node_list g, node const& n) : last(n.iteration.rank - 1) {
    for (int d = 0; d < last; ++d) rows *= n.extent(d);
    if (last >= 0) row = n.extent(last);
    for (std::size_t k = 0; k < n.arity; ++k) {
      node const& source = g[n.operand[k]];
      int distance = 1;
      for (int d = source.rank - 1; d >= 0; --d) {
        int const along = n.map[k][d];
        if (along == last) step[k] += distance;
        else stride[k][along] += distance;
        distance *= source.extent(d);
      }
    }
  }

  constexpr void next_row(node const& n) {
    for (int d = last - 1; d >= 0; --d) {
      bool const within = ++position[d] < n.extent(d);
      if (!within) position[d] = 0;
      for (int k = 0; k < n.arity; ++k)
        offset[k] += within ? stride[k][d] : stride[k][d] * (1 - n.extent(d));
      if (within) return;
    }
  }

 private:
  int last;
  int stride[max_operands][max_dimensions] = {};
  int position[max_dimensions] = {};
};

/// One row of an elementwise operation.
template <class T, class Op>
constexpr void apply_row(walker const& w, T const* const* x, T attribute, T* out) {
  T const* a = x[0] + w.offset[0];
  int const da = w.step[0];
  if constexpr (Op::arity == 1) {
    for (int i = 0; i < w.row; ++i) {
      if constexpr (op::attributed<Op>) out[i] = Op::value(a[i * da], attribute);
      else out[i] = Op::value(a[i * da]);
    }
  } else {
    T const* b = x[1] + w.offset[1];
    int const db = w.step[1];
    if constexpr (Op::arity == 2) {
      for (int i = 0; i < w.row; ++i) {
        if constexpr (op::attributed<Op>) out[i] = Op::value(a[i * da], b[i * db], attribute);
        else out[i] = Op::value(a[i * da], b[i * db]);
      }
    } else {
      T const* c = x[2] + w.offset[2];
      int const dc = w.step[2];
      for (int i = 0; i < w.row; ++i) {
        if constexpr (op::attributed<Op>)
          out[i] = Op::value(a[i * da], b[i * db], c[i * dc], attribute);
        else out[i] = Op::value(a[i * da], b[i * db], c[i * dc]);
      }
    }
  }
}

/// Element `at` (row-major, of the result) of a layout operation, as an offset into operand
/// `source`; -1 where it is a padding zero.
constexpr int layout_source(node_list g, node const& n, int at, std::size_t& source) {
  source = 0;
  if (n.is(code<op::reshape>)) return at;
  int const axis = n.attribute[0];
  int const offset = n.attribute[1];
  int inner = 1;
  for (int d = n.rank - 1; d > axis; --d) inner *= n.extent(d);
  int const here = at / inner % n.extent(axis);
  int const outer = at / inner / n.extent(axis);
  int index = here;
  if (n.is(code<op::slice>)) index = offset + here * n.attribute[2];
  if (n.is(code<op::pad>)) {
    index = (here - offset) / n.attribute[2];
    if (index * n.attribute[2] != here - offset) return -1;
  }
  if (n.is(code<op::concatenate>) && here >= offset) {
    source = 1;
    index = here - offset;
  }
  int const extent = g[n.operand[source]].extent(axis);
  if (index < 0 || index >= extent) return -1;
  return (outer * extent + index) * inner + at % inner;
}

/// The offset of row 0 and column 0 of matrix `index` of the batch in operand k, and the distances
/// between rows and between columns.
struct matrix_place {
  int offset = 0, row = 0, column = 0;

  constexpr matrix_place(node_list g, node const& n, int k, int index) {
    matrix_dimensions const m = dimensions_of(n, k);
    node const& source = g[n.operand[k]];
    int stride[max_dimensions] = {};
    int distance = 1;
    for (int d = source.rank - 1; d >= 0; --d) {
      stride[n.map[k][d]] = distance;
      distance *= source.extent(d);
    }
    for (int d = batch_rank(n) - 1; d >= 0; --d) {
      offset += index % n.extent(d) * stride[d];
      index /= n.extent(d);
    }
    row = stride[m.rows];
    column = stride[m.columns];
  }
};

/// One matrix of the batch after the other, copied where its operation wants it.
template <class T, class Op>
constexpr void evaluate_matrices(node_list g, node const& n, T const* const* x, T* out) {
  int const rows = square_extent(n);
  int const columns = column_extent(n);
  int batch = 1;
  for (int d = 0; d < batch_rank(n); ++d) batch *= n.extent(d);
  int const results = n.result_shape().elements() / batch;
  int const second = rows * rows;
  int const work = second + rows * columns;
  list<T> memory(static_cast<std::size_t>(work + Op::work(rows)), T(0));
  T* const m = memory.data();
  for (int i = 0; i < batch; ++i) {
    for (int k = 0; k < Op::arity; ++k) {
      matrix_place const p(g, n, k, i);
      int const width = k == 0 ? rows : columns;
      T* const to = k == 0 ? m : m + second;
      for (int r = 0; r < rows; ++r)
        for (int c = 0; c < width; ++c)
          to[r * width + c] = x[k][p.offset + r * p.row + c * p.column];
    }
    math::matrix_blocks<T> const blocks{
        rows, columns, m, m + second, out + i * results, m + work, n.attribute[0] != 0};
    if constexpr (requires { Op::prepare(blocks); }) Op::prepare(blocks);
    Op::value(blocks);
  }
}

template <class T, class Op>
constexpr void evaluate_node(node_list g, node const& n, T const* const* x, T* out) {
  [[maybe_unused]] int const count = n.result_shape().elements();
  if constexpr (op::elementwise<Op>) {
    walker w(g, n);
    auto const attribute = static_cast<T>(n.value);
    for (int r = 0; r < w.rows; ++r, out += w.row, w.next_row(n))
      apply_row<T, Op>(w, x, attribute, out);
  } else if constexpr (Op::kind == op::category::reduction) {
    walker w(g, n);
    int const rows = w.rows * w.row / count / w.row;  // of one result: reduced dimensions are last
    for (int i = 0; i < count; ++i) {
      T accumulated = x[0][w.offset[0]];
      if constexpr (requires { Op::first(accumulated); }) accumulated = Op::first(accumulated);
      for (int r = 0; r < rows; ++r, w.next_row(n)) {
        T const* const a = x[0] + w.offset[0];
        for (int j = r == 0 ? 1 : 0; j < w.row; ++j)
          accumulated = Op::fold(accumulated, a[j * w.step[0]]);
      }
      out[i] = accumulated;
    }
  } else if constexpr (Op::kind == op::category::contraction) {
    walker w(g, n);
    int const rows = w.rows * w.row / count / w.row;
    for (int i = 0; i < count; ++i) {
      T accumulated = T(0);
      for (int r = 0; r < rows; ++r, w.next_row(n)) {
        T const* const a = x[0] + w.offset[0];
        T const* const b = x[1] + w.offset[1];
        for (int j = 0; j < w.row; ++j) accumulated += a[j * w.step[0]] * b[j * w.step[1]];
      }
      out[i] = accumulated;
    }
  } else if constexpr (Op::kind == op::category::scan) {
    int const axis = n.attribute[0];
    int inner = 1;  // distance of neighbours along the axis
    for (int d = n.rank - 1; d > axis; --d) inner *= n.extent(d);
    int const block = inner * n.extent(axis);
    bool const ascends = n.attribute[2] > 0;
    for (int i = 0; i < count; ++i) {
      int const to = ascends ? i : count - 1 - i;
      int const position = to % block;
      bool const starts = ascends ? position < inner : position >= block - inner;
      out[to] = starts ? x[0][to] : Op::fold(out[ascends ? to - inner : to + inner], x[0][to]);
    }
  } else if constexpr (std::is_same_v<Op, op::view>) {
    walker w(g, n);
    for (int r = 0; r < w.rows; ++r, out += w.row, w.next_row(n))
      for (int i = 0; i < w.row; ++i) out[i] = x[0][w.offset[0] + i * w.step[0]];
  } else if constexpr (Op::kind == op::category::layout) {
    for (int i = 0; i < count; ++i) {
      std::size_t source = 0;
      int const from = layout_source(g, n, i, source);
      out[i] = from < 0 ? T(0) : x[source][from];
    }
  } else if constexpr (op::matrix_operation<Op>) {
    evaluate_matrices<T, Op>(g, n, x, out);
  } else if constexpr (std::is_same_v<Op, op::iota>) {
    for (int i = 0; i < count; ++i) out[i] = static_cast<T>(i);
  } else if constexpr (std::is_same_v<Op, op::constant>) {
    out[0] = static_cast<T>(n.value);
  }
}

template <class T>
using evaluate_function = void (*)(node_list, node const&, T const* const*, T*);

template <class T, class Op, bool IsPresent>
inline constexpr evaluate_function<T> evaluator = nullptr;
template <class T, class Op>
inline constexpr evaluate_function<T> evaluator<T, Op, true> = &evaluate_node<T, Op>;

template <class T, operation_set Present, class... Ops>
constexpr auto make_evaluate_table(op::operation_list<Ops...>) {
  return small_array<evaluate_function<T>, sizeof...(Ops)>{
      {evaluator<T, Ops, Present.contains(code<Ops>)>...}};
}

/// A program has its own operations only: it does not compile the hundred others.
template <class T, operation_set Present>
inline constexpr auto evaluate_table = make_evaluate_table<T, Present>(op::table{});

}  // namespace detail

/// The values of all nodes, row-major, one after the other.
template <class T>
struct evaluation {
  list<T> values;
  list<int> offsets;

  [[nodiscard]] constexpr T const* operator[](int node_index) const {
    return values.data() + offsets[static_cast<std::size_t>(node_index)];
  }
};

/// The reference evaluator: every node, in order, by its definition. The oracle of the tests, the
/// engine of constant evaluation and of numerical differentiation; not of compiled functions.
/// `arguments[i]` points to the row-major values of g.arguments[i]. Sums run in row-major order.
/// `Present`: the operations that the graph may have.
template <class T, operation_set Present = all_operations>
constexpr evaluation<T> evaluate(node_list g, list<T const*> const& arguments) {
  evaluation<T> e;
  int total = 0;
  e.offsets.reserve(static_cast<std::size_t>(g.count));
  for (int i = 0; i < g.count; ++i) {
    node const& n = g[i];
    e.offsets.push_back(total);
    total += n.result_shape().elements();
  }
  e.values = list<T>(static_cast<std::size_t>(total), T(0));
  for (int i = 0; i < g.count; ++i) {
    node const& n = g[i];
    T* const out = e.values.data() + e.offsets[static_cast<std::size_t>(i)];
    if (n.is(code<op::argument>)) {
      T const* const from = arguments[static_cast<std::size_t>(n.attribute[0])];
      int const count = n.result_shape().elements();
      for (int j = 0; j < count; ++j) out[j] = from[j];
      continue;
    }
    std::array<T const*, max_operands> x{};
    for (std::size_t k = 0; k < n.arity; ++k) x[k] = e[n.operand[k]];
    detail::evaluate_table<T, Present>[static_cast<std::size_t>(n.operation)](g, n, x.data(), out);
  }
  return e;
}

}  // namespace ramp::ir
