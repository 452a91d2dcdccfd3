// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include <ramp/ir/graph.hpp>
#include <ramp/ir/matrix.hpp>

namespace ramp::ir {
namespace detail {

/// The fault of an operation that moves elements along its axis, or none.
constexpr std::string_view layout_fault(graph const& g, node const& n) {
  shape const from = g[n.operand[0]].result_shape();
  shape const to = n.result_shape();
  if (n.is(code<op::reshape>))
    return from.elements() == to.elements() ? "" : "a reshape changes the number of elements";
  int const axis = n.attribute[0];
  int const first = n.attribute[1];
  int const step = n.attribute[2];
  if (from.rank != to.rank || axis < 0 || axis >= to.rank)
    return "an operation along an axis has another rank than its operand, or no such axis";
  for (std::size_t k = 0; k < n.arity; ++k)
    if (!(g[n.operand[k]].result_shape().without(axis) == to.without(axis)))
      return "an operation along one axis changes the extent of another";
  auto within = [&](int count, int extent) {
    int const last = first + (count - 1) * step;
    return step != 0 && 0 <= first && first < extent && 0 <= last && last < extent;
  };
  bool fits = true;
  if (n.is(code<op::slice>)) fits = within(to[axis], from[axis]);
  if (n.is(code<op::pad>)) fits = within(from[axis], to[axis]);
  if (op::facts_of(n.operation).kind == op::category::scan)
    fits = from[axis] == to[axis] && step * step == 1;
  if (n.is(code<op::concatenate>))
    fits = first == from[axis] && first + g[n.operand[1]].extent(axis) == to[axis];
  return fits ? "" : "an operation along an axis reads or writes beyond the end";
}

/// The fault of a matrix operation beside those of its maps, or none.
constexpr std::string_view matrix_fault(graph const& g, node const& n) {
  int const batch = batch_rank(n);
  bool const solves = is_on_columns(n);
  bool const is_vector = solves && n.rank == batch + 1;
  bool const is_number = op::facts_of(n.operation).form == op::matrix_form::number;
  if (batch < 0 || (n.rank != batch + (is_number ? 0 : 2) && !is_vector))
    return "a matrix operation has another number of dimensions than its matrices";
  matrix_dimensions const m = dimensions_of(n, 0);
  if (n.extent(m.rows) != n.extent(m.columns)) return "a matrix is not square";
  if (is_vector && column_extent(n) != 1) return "a vector has more than one column";
  for (int k = 0; k < n.arity; ++k) {
    matrix_dimensions const own = dimensions_of(n, k);
    for (int d = 0; d < g[n.operand[k]].rank; ++d) {
      int const e = n.map[k][d];
      if (e >= batch && e != own.rows && e != own.columns)
        return "a map names a dimension that the operand's matrices do not have";
    }
  }
  return {};
}

}  // namespace detail

/// Checks what every pass may rely on. Empty if the graph is well formed, else the first fault.
/// Cost: linear in nodes.
constexpr std::string_view verify(graph const& g) {
  for (int i = 0; i < g.size(); ++i) {
    node const& n = g[i];
    auto const& facts = op::facts_of(n.operation);
    if (n.arity != facts.arity) return "a node has another number of operands than its operation";
    if (n.rank < 0 || n.rank > n.iteration.rank || n.iteration.rank > max_dimensions)
      return "a node's rank does not fit its iteration space";
    for (int d = 0; d < n.iteration.rank; ++d)
      if (n.extent(d) <= 0) return "an extent is not positive";
    if (n.reduced() > 0 && facts.kind != op::category::reduction &&
        facts.kind != op::category::contraction && facts.kind != op::category::matrix)
      return "a node that does not reduce has reduced dimensions";
    if (n.is(code<op::argument>) &&
        (n.attribute[0] < 0 || n.attribute[0] >= static_cast<int>(g.arguments.size())))
      return "an argument node names no argument";
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (o < 0 || o >= i) return "an operand does not come before its user";
      if (op::reads_whole(n.operation)) {
        if (k + 1u < n.arity) continue;  // all operands come before
        if (auto const fault = detail::layout_fault(g, n); !fault.empty()) return fault;
        continue;
      }
      std::uint32_t seen = 0;
      for (int d = 0; d < g[o].rank; ++d) {
        int const e = n.map[k][d];
        if (e >= n.iteration.rank) return "a map names a dimension that the node does not have";
        if (n.extent(e) != g[o].extent(d)) return "an operand's extent differs from the node's";
        if ((seen >> e & 1u) != 0) return "a map names a dimension twice";
        seen |= 1u << e;
      }
    }
    if (facts.kind == op::category::matrix)
      if (auto const fault = detail::matrix_fault(g, n); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace ramp::ir
