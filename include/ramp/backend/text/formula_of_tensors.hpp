// SPDX-License-Identifier: BSL-1.0
#pragma once

// The part of formula_writer that is about dimensions. Included by backend/text/formula.hpp.

#include <array>
#include <string_view>

#include <ramp/backend/text/formula.hpp>

namespace ramp::backend {

/// `2, 3, 4`.
constexpr void formula_writer::extents(shape const& s) {
  for (int d = 0; d < s.rank; ++d) out << (d > 0 ? ", " : "") << s[d];
}

/// What stands before something of shape `own` that is read through a map into a larger or turned
/// space: `broadcast<3, 4>(reshape<3, 1>(`. Returns how many parentheses are to be closed.
constexpr int formula_writer::open_repeated(axis_map map, shape const& own, shape const& space) {
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
  // 2. with extents of 1 between them, from the first of them on
  bool const grows = own.rank < space.rank && !g.in_plan;
  int const first = own.rank > 0 ? map[order[0]] : space.rank;
  shape with_ones;
  for (int d = first; d < space.rank; ++d) with_ones = with_ones.appended(1);
  for (int e = 0; e < own.rank; ++e) with_ones[map[e] - first] = own[e];
  bool const reshapes = grows && with_ones.rank != own.rank;

  if (grows) {
    out << "broadcast<";
    extents(space);
    out << ">(";
  }
  if (reshapes) {
    out << "reshape<";
    extents(with_ones);
    out << ">(";
  }
  if (turned) {
    out << "transpose";
    for (int d = 0; d < own.rank && !reversed; ++d) out << (d > 0 ? ", " : "<") << order[at(d)];
    out << (reversed ? "(" : ">(");
  }
  return (grows ? 1 : 0) + (reshapes ? 1 : 0) + (turned ? 1 : 0);
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
  bool const plain = kept.rank == n.rank && map == axis_map::identity(n.rank);
  int const parentheses = plain ? 0 : open_repeated(map, kept, n.result_shape());
  bool first = true;
  if (kept.rank == 0 && name == "sum" && is_dot(o)) {
    call("dot", o);
  } else if (rank(o) == kept.rank + 1 && v.map[0] >= n.rank && is_stack(o)) {
    out << name << "(";
    stack(o, first);
    out << ")";
  } else {
    out << name << "(";
    write(o, lowest);
    for (int e = 0; e < rank(o) && kept.rank > 0; ++e) {
      if (v.map[e] < n.rank) continue;
      out << (first ? ", axis<" : ", ") << e;
      first = false;
    }
    out << (first ? ")" : ">)");
  }
  close(parentheses);
}

/// Whether node i is the product of two vectors.
constexpr bool formula_writer::is_dot(int i) const {
  return !is_named(i) && is<op::mul>(i) && rank(i) == 1 && rank(g[i].operand[0]) == 1 &&
         rank(g[i].operand[1]) == 1 && g[i].operand[0] != g[i].operand[1];
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

/// Whether `v` is a product of all elements of one tensor and all of another, perhaps transposed.
constexpr bool formula_writer::is_outer(view const& v) const {
  int const i = v.index;
  if (is_named(i) || !is<op::mul>(i) || rank(i) != v.space.rank) return false;
  std::array<view, 2> const sides{operand(i, 0), operand(i, 1)};
  int const left = rank(sides[0].index);
  int const right = rank(sides[1].index);
  if (left == 0 || right == 0 || left + right != rank(i)) return false;
  bool straight = true;
  bool exchanged = true;
  for (int k = 0; k < 2; ++k)
    for (int e = 0; e < rank(sides[at(k)].index); ++e) {
      int const d = v.map[sides[at(k)].map[e]];
      straight = straight && d == e + (k == 0 ? 0 : left);
      exchanged = exchanged && d == e + (k == 0 ? right : 0);
    }
  return straight || exchanged;
}

constexpr void formula_writer::outer(view const& v) {
  int const first = v.map[operand(v.index, 0).map[0]] == 0 ? 0 : 1;
  out << "outer(";
  write(g[v.index].operand[at(first)], lowest);
  out << ", ";
  write(g[v.index].operand[at(1 - first)], lowest);
  out << ")";
}

/// Whether node i compares numbers of rows with numbers of columns.
constexpr bool formula_writer::is_identity(int i) const {
  ir::node const& n = g[i];
  return is<op::equal>(i) && n.rank == 2 && n.operand[0] == n.operand[1] &&
         is<op::iota>(n.operand[0]) && !(n.map[0] == n.map[1]);
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
    view const v = operand(i, 0);
    if (rank(o) == n.rank) return write(v, level);
    int const parentheses = open_repeated(v.map, g[o].result_shape(), v.space);
    write(o, parentheses > 0 ? lowest : level);
    return close(parentheses);
  }
  int const axis = n.attribute[0];
  if (is<op::concatenate>(i)) {
    bool is_first = true;
    out << "concatenate(";
    if (axis != 0) out << "axis<" << axis << ">, ";
    parts(i, is_first);
  } else if (is<op::reshape>(i)) {
    out << "reshape<";
    extents(n.result_shape());
    out << ">(";
    write(o, lowest);
  } else if (op::facts_of(n.operation).kind == op::category::scan) {
    out << op::facts_of(n.operation).text.symbol << (n.attribute[2] < 0 ? "<-1>(" : "(");
    write(o, lowest);
    out << ", axis<" << axis << ">";
  } else {
    int const first = n.attribute[1];
    int const step = n.attribute[2];
    bool const pads = is<op::pad>(i) && step == 1;
    bool const flips = is<op::slice>(i) && step == -1 && n.extent(axis) == g[o].extent(axis);
    if (flips) {
      out << "flip(";
      write(o, lowest);
      out << ", axis<" << axis << ">";
    } else {
      out << (is<op::slice>(i) ? "slice<" : pads ? "pad<" : "spread<") << axis << ", " << first
          << ", " << (pads ? n.extent(axis) - first - g[o].extent(axis) : n.extent(axis));
      if (step != 1) out << ", " << step;
      out << ">(";
      write(o, lowest);
    }
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
