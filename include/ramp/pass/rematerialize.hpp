// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/pass/kernel_partition.hpp>

/// Cheap nodes that are fed by leaves are not stored for their readers: each kernel that reads one
/// computes it again, in registers. Such a node is delayed until a reader is placed, which pulls it
/// into its kernel, or where that cannot be, stores it with a kernel of its own.
namespace ramp::pass::detail {

constexpr bool can_be_delayed(kernel_partition const& p, int i) {
  node const& n = p.old(i);
  if (p.is_root[i] != 0 || !op::is_elementwise(n.operation) || n.rank == 0) return false;
  opcode const c = n.operation;
  bool const cheap = c == code<op::add> || c == code<op::sub> || c == code<op::mul> ||
                     c == code<op::neg> || c == code<op::equal> || c == code<op::not_equal> ||
                     c == code<op::where>;
  if (!cheap) return false;
  for (std::size_t k = 0; k < n.arity; ++k) {
    int const o = n.operand[k];
    if (!op::is_leaf(p.old(o).operation) && p.delayed[o] == 0) return false;
  }
  return true;
}

/// Numbers a delayed node, and those it reads, in the draft. Its reader decides where it is placed.
constexpr void number_delayed(kernel_partition& p, int i) {
  if (p.delayed[i] == 0 || p.made_of[i] >= 0) return;
  node n = p.old(i);
  for (std::size_t k = 0; k < n.arity; ++k) number_delayed(p, n.operand[k]);
  p.renumber_operands(n);
  p.repeatable[p.append(i, n)] = 1;
}

/// Another node like `source`, for kernel `k`; -1: to be stored.
constexpr int repeat(kernel_partition& p, int source, int k) {
  int const copy = p.add(p.now(source));
  p.repeatable[copy] = 1;
  p.repeated.push_back({source, k, copy});
  return copy;
}

/// The node that holds the value of `made` in memory: `made` itself, unless it is delayed; then one
/// with a kernel of its own.
constexpr int stored(kernel_partition& p, int made) {
  if (p.repeatable[made] == 0) return made;
  int const placed_in = p.place(made).kernel;
  if (placed_in >= 0) {
    if (p.kernel_of(placed_in).kind == kernel_kind::generic) return made;
    for (auto const& a : p.repeated)
      if (a.source == made && a.kernel < 0) return a.copy;
    made = repeat(p, made, -1);
  }
  for (std::size_t k = 0; k < p.now(made).arity; ++k) {
    int const operand = stored(p, p.now(made).operand[k]);
    p.d.nodes[made].operand[k] = operand;
  }
  p.isolate(made, kernel_kind::generic, natural_lane(p.now(made).result_shape(), p.d.width));
  return made;
}

constexpr int lane_dimension(axis_map dims, int rank) {
  for (int e = 0; e < rank; ++e)
    if (dims[e] == 1) return e;
  return rank - 1;
}

/// Takes the delayed operands of a node into its kernel. A delayed node has the dimensions of its
/// reader or fewer; it needs the lane dimension to live in registers there.
constexpr void pull_operands(kernel_partition& p, int made, int k) {
  for (std::size_t j = 0; j < p.now(made).arity; ++j) {
    int o = p.now(made).operand[j];
    if (p.repeatable[o] == 0) continue;
    int const rank = p.now(o).rank;
    axis_map const dims = p.place(made).place.after(p.now(made).map[j], rank);
    bool has_lane = false;
    bool has_row = false;
    for (int e = 0; e < rank; ++e) {
      has_lane = has_lane || dims[e] == 1;
      has_row = has_row || dims[e] == 0;
    }
    role const reader = p.place(made).part;
    bool const contracts = p.kernel_of(k).kind == kernel_kind::contract;
    bool const at_end = reader == role::post && contracts;
    // in this kernel already, along the same dimensions and at the same time
    auto fits = [&](int candidate) {
      placement const& q = p.place(candidate);
      return q.kernel == k && q.place == dims && (q.part == role::post) == at_end;
    };
    if (fits(o)) continue;
    if (!has_lane || (reader == role::post && !at_end) || reader == role::main) {
      o = stored(p, o);
      p.d.nodes[made].operand[j] = o;
      continue;
    }
    if (p.place(o).kernel >= 0) {
      int const source = o;
      o = -1;
      for (auto const& a : p.repeated)
        if (a.source == source && fits(a.copy)) o = a.copy;
      bool const known = o >= 0;
      if (!known) o = repeat(p, source, k);
      p.d.nodes[made].operand[j] = o;
      if (known) continue;
    }
    bool const every_element = has_row || contracts;
    role const part = at_end ? role::post : every_element ? role::element : role::lane;
    placement& q = p.place(o);
    q.place = dims;
    q.kernel = k;
    q.part = part;
    pull_operands(p, o, k);
    p.join(o, k, part, dims);
    p.settle(o, lane_dimension(dims, rank));
  }
}

/// Places a node, and the delayed nodes that it reads before it, in kernel `k`.
constexpr void enter(kernel_partition& p, int made, int k, role part, axis_map dims) {
  placement& q = p.place(made);
  q.kernel = k;
  q.place = dims;
  q.part = part;
  pull_operands(p, made, k);
  p.join(made, k, part, dims);
  p.settle(made, lane_dimension(dims, p.now(made).rank));
}

}  // namespace ramp::pass::detail
