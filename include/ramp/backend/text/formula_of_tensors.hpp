// SPDX-License-Identifier: BSL-1.0
#pragma once

// The part of formula_writer that is about dimensions. Included by backend/text/formula.hpp.

#include <array>
#include <utility>

#include <ramp/backend/text/formula.hpp>

namespace ramp::backend {

/// `2, 3, 4`, from dimension `first` on.
constexpr void formula_writer::extents(shape const& s, int first) {
  for (int d = first; d < s.rank; ++d) out << (d > first ? ", " : "") << s[d];
}

/// Something of shape `own` that is read through a map into a larger or turned space.
template <class Inner>
constexpr void formula_writer::repeated(axis_map map, shape const& own, shape const& space,
                                        int level, Inner const& inner) {
  // 1. dimensions in the order of the space
  std::array<int, max_dimensions> order{};
  for (int e = 0; e < own.rank; ++e) {
    int before = 0;
    for (int f = 0; f < own.rank; ++f) before += map[f] < map[e] ? 1 : 0;
    order[at(before)] = e;
  }
  bool turned = false;
  bool reversed = true;
  for (int d = 0; d < own.rank; ++d) {
    turned = turned || order[at(d)] != d;
    reversed = reversed && order[at(d)] == own.rank - 1 - d;
  }
  // 2. extents of 1 between them, from the first of them on
  bool const grows = own.rank < space.rank && !g.in_plan;
  shape with_ones;
  if (own.rank > 0)
    for (int d = map[order[0]]; d < space.rank; ++d) with_ones = with_ones.appended(1);
  int const first = space.rank - with_ones.rank;
  for (int e = 0; e < own.rank; ++e) with_ones[map[e] - first] = own[e];
  bool const reshapes = grows && with_ones.rank != own.rank;

  if (grows) {
    out << "broadcast<";
    extents(space, 0);
    out << ">(";
  }
  if (reshapes) {
    out << "reshape<";
    extents(with_ones, 0);
    out << ">(";
  }
  if (turned) {
    out << "transpose";
    if (!reversed) {
      out << "<";
      for (int d = 0; d < own.rank; ++d) out << (d > 0 ? ", " : "") << order[at(d)];
      out << ">";
    }
    out << "(";
  }
  inner(grows || turned ? lowest : level);
  out << (grows ? ")" : "") << (reshapes ? ")" : "") << (turned ? ")" : "");
}

/// A sum, mean, maximum or minimum over all axes or some.
constexpr void formula_writer::fold(int i, std::string_view name) {
  ir::node const& n = g[i];
  view const v = operand(i, 0);
  int const o = v.index;
  shape kept;
  axis_map map;
  for (int e = 0; e < rank(o); ++e) {
    if (v.map[e] >= n.rank) continue;
    map.set(kept.rank, v.map[e]);
    kept = kept.appended(g[o].extent(e));
  }
  auto folded = [&](int) {
    out << name << "(";
    bool first = true;
    if (is<op::sum>(i) && kept.rank == 0 && rank(o) == 1 && !is_named(o) && is<op::mul>(o) &&
        rank(g[o].operand[0]) == 1 && rank(g[o].operand[1]) == 1 &&
        g[o].operand[0] != g[o].operand[1]) {
      write(operand(o, 0), lowest);
      out << ", ";
      write(operand(o, 1), lowest);
    } else if (rank(o) == kept.rank + 1 && v.map[0] >= n.rank && !is_named(o) && is_stack(o)) {
      stack(o, first);
    } else {
      write(o, lowest);
      if (kept.rank > 0) {
        out << ", axis<";
        for (int e = 0; e < rank(o); ++e) {
          if (v.map[e] < n.rank) continue;
          out << (first ? "" : ", ") << e;
          first = false;
        }
        out << ">";
      }
    }
    out << ")";
  };
  if (kept.rank == n.rank && map == axis_map::identity(n.rank)) folded(lowest);
  else repeated(map, kept, n.result_shape(), lowest, folded);
}

/// Whether node i is what nested maxima became: each operand with an axis of extent 1 in front, one
/// after the other.
constexpr bool formula_writer::is_stack(int i) const {
  if (is_named(i)) return false;
  if (is<op::concatenate>(i))
    return g[i].attribute[0] == 0 && is_stack(g[i].operand[0]) && is_stack(g[i].operand[1]);
  return is<op::reshape>(i) && g[i].extent(0) == 1 &&
         g[g[i].operand[0]].result_shape() == g[i].result_shape().without(0);
}

constexpr void formula_writer::stack(int i, bool& first) {
  for (int k = 0; k < g[i].arity; ++k) {
    if (is<op::concatenate>(i)) {
      stack(g[i].operand[at(k)], first);
      continue;
    }
    out << (first ? "" : ", ");
    first = false;
    write(g[i].operand[at(k)], lowest);
  }
}

/// A product by elements of two tensors, one of which has two dimensions or more.
constexpr void formula_writer::product_of_tensors(int i) {
  view a = operand(i, 0);
  view b = operand(i, 1);
  if (b.map[0] == 0) std::swap(a, b);
  int const rank_of_a = rank(a.index);
  bool is_outer = rank_of_a + rank(b.index) == rank(i);
  for (int e = 0; e < rank_of_a; ++e) is_outer = is_outer && a.map[e] == e;
  for (int e = 0; e < rank(b.index); ++e) is_outer = is_outer && b.map[e] == rank_of_a + e;
  out << (is_outer ? "outer(" : "hadamard(");
  if (!is_outer) {
    a = operand(i, 0);
    b = operand(i, 1);
    write(a, lowest);
    out << ", ";
    write(b, lowest);
  } else {
    write(a.index, lowest);
    out << ", ";
    write(b.index, lowest);
  }
  out << ")";
}

/// Vector or matrix times vector or matrix where it is that, else index by index.
constexpr void formula_writer::contraction(int i, int level) {
  ir::node const& n = g[i];
  std::array<int, 2> output{-1, -1};  // of each operand: the output dimension that it has
  std::array<int, 2> position{};      // and the operand's dimension that runs along it
  bool is_matrix_product = n.reduced() == 1;
  for (int k = 0; k < 2; ++k)
    for (int e = 0; e < rank(n.operand[at(k)]); ++e) {
      int const d = n.map[at(k)][e];
      if (d == n.rank) continue;
      is_matrix_product = is_matrix_product && output[at(k)] < 0;
      output[at(k)] = d;
      position[at(k)] = e;
    }
  if (n.rank == 2) is_matrix_product = is_matrix_product && output[0] + output[1] == 1;
  if (n.rank > 2 || (n.rank == 1 && (output[0] < 0) == (output[1] < 0))) is_matrix_product = false;
  bool const closed = level > (is_matrix_product ? of_product : lowest);
  out << (closed ? "(" : "");
  if (!is_matrix_product) {
    index_form(i);
  } else {
    // the left factor has the first dimension of the result; a matrix and a vector stand so that
    // the matrix need not be transposed
    bool exchanged = n.rank == 2 && output[0] == 1;
    if (n.rank == 1) {
      int const k = output[0] >= 0 ? 0 : 1;
      bool const matrix_first = position[at(k)] == 0;
      exchanged = matrix_first != (k == 0);
    }
    int const left = exchanged ? 1 : 0;
    int const right = 1 - left;
    matrix(i, left, n.rank == 2 && position[at(left)] == 1, true);
    out << " * ";
    matrix(i, right, n.rank == 2 && position[at(right)] == 0, false);
  }
  out << (closed ? ")" : "");
}

constexpr void formula_writer::matrix(int i, int k, bool transposed, bool left) {
  int const o = g[i].operand[at(k)];
  if (transposed) {
    out << "transpose(";
    write(o, lowest);
    out << ")";
  } else {
    write(o, left && is<op::contract>(o) ? of_product : of_product + 1);
  }
}

/// `[i,j] sum_k A[i,k] * B[j,k]`.
constexpr void formula_writer::index_form(int i) {
  constexpr std::string_view outputs = "ijlmabcd";
  constexpr std::string_view summed = "knpqrstu";
  ir::node const& n = g[i];
  auto letter = [&](int d) {
    return d < n.rank ? outputs.substr(at(d), 1) : summed.substr(at(d - n.rank), 1);
  };
  out << "[";
  for (int d = 0; d < n.rank; ++d) out << (d > 0 ? "," : "") << letter(d);
  out << "] sum_";
  for (int d = n.rank; d < n.iteration.rank; ++d) out << letter(d);
  for (int k = 0; k < 2; ++k) {
    out << (k > 0 ? " * " : " ");
    write(n.operand[at(k)], of_prefix + 1);
    out << "[";
    for (int e = 0; e < rank(n.operand[at(k)]); ++e)
      out << (e > 0 ? "," : "") << letter(n.map[at(k)][e]);
    out << "]";
  }
}

/// Operations that move elements.
constexpr void formula_writer::layout(int i, int level) {
  ir::node const& n = g[i];
  int const o = n.operand[0];
  if (is<op::view>(i)) {
    if (is_plain(operand(i, 0)) && rank(o) == n.rank) return write(o, level);
    return repeated(n.map[0], g[o].result_shape(), n.result_shape(), level,
                    [&](int inner) { write(o, inner); });
  }
  int const axis = n.attribute[0];
  if (is<op::concatenate>(i)) {
    bool first = true;
    out << "concatenate(";
    if (axis != 0) out << "axis<" << axis << ">, ";
    parts(i, first);
  } else if (is<op::reshape>(i)) {
    out << "reshape<";
    extents(n.result_shape(), 0);
    out << ">(";
    write(o, lowest);
  } else {
    out << op::facts_of(n.operation).text.symbol << "<" << axis << ", " << n.attribute[1] << ", "
        << n.extent(axis) << ">(";
    write(o, lowest);
  }
  out << ")";
}

constexpr void formula_writer::parts(int i, bool& first) {
  for (int k = 0; k < 2; ++k) {
    int const o = g[i].operand[at(k)];
    if (k == 0 && !is_named(o) && is<op::concatenate>(o) &&
        g[o].attribute[0] == g[i].attribute[0]) {
      parts(o, first);
      continue;
    }
    out << (first ? "" : ", ");
    first = false;
    write(o, lowest);
  }
}

}  // namespace ramp::backend
