// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <ramp/pass/kernel_partition.hpp>
#include <ramp/pass/rematerialize.hpp>

namespace ramp::pass::detail {

constexpr bool is_matrix_product(kernel_partition const& p, node const& n) {
  if (!n.is(code<op::contract>) || n.rank < 1 || n.rank > 2 || n.reduced() != 1) return false;
  std::array<std::uint32_t, 2> seen{};
  for (std::size_t k = 0; k < 2; ++k)
    for (int e = 0; e < p.now(n.operand[k]).rank; ++e) seen[k] |= 1u << n.map[k][e];
  std::uint32_t const outputs = (1u << n.rank) - 1;
  bool const shared_depth = (seen[0] & seen[1]) == 1u << n.rank;
  // rows and columns come from one operand each: a vector times slices of a tensor is none
  bool const one_has_both =
      n.rank == 2 && ((seen[0] & outputs) == outputs || (seen[1] & outputs) == outputs);
  return shared_depth && !one_has_both && ((seen[0] ^ seen[1]) & outputs) == outputs;
}

/// Starts a kernel with the matrix product `n`, node `i` of the graph.
constexpr void start_matrix_product(kernel_partition& p, int i, node n) {
  for (std::size_t k = 0; k < 2; ++k) n.operand[k] = stored(p, n.operand[k]);
  // which output dimension runs along the lanes: little padding, what follows wants it, and the
  // operand that is read in packs lies that way already
  int const best = cheapest_dimension(n.rank, [&](int e) {
    std::size_t const k = p.operand_dimension(n, 0, e) >= 0 ? 0 : 1;
    bool const turned = p.place(n.operand[k]).at.lane != p.operand_dimension(n, k, e);
    return padding_cost(n.extent(e), p.d.width) + p.preferred.cost(i, e) + (turned ? 30 : 0);
  });
  std::size_t const vector = p.operand_dimension(n, 0, best) >= 0 ? 0 : 1;
  int const along = p.operand_dimension(n, vector, best);
  if (p.place(n.operand[vector]).at.lane != along)
    n.operand[vector] = p.copied(n.operand[vector], along);
  int const made = p.append(i, n);
  int const id = p.new_kernel(kernel_kind::contract, made);
  kernel& k = p.kernel_of(id);
  k.vector_operand = static_cast<int>(vector);
  axis_map dims;
  dims.set(best, 1);
  if (n.rank == 2) dims.set(1 - best, 0);
  dims.set(n.rank, 2);
  k.extent = {n.rank == 2 ? n.extent(1 - best) : 1, n.extent(best), n.extent(n.rank)};
  p.join(made, id, role::main, dims);
  p.settle(made, best);
}

/// main + bias: the accumulators start from the bias, if nothing else reads main.
constexpr void absorb_bias(kernel_partition& p, int made, int k) {
  kernel& q = p.kernel_of(k);
  node const& n = p.now(made);
  if (q.start >= 0 || !n.is(code<op::add>) || p.place(q.main).over_samples) return;
  int const other = n.operand[0] == q.main ? n.operand[1] : n.operand[0];
  if (n.operand[0] != q.main && n.operand[1] != q.main) return;
  if (other == q.main || !p.now(other).is(code<op::argument>) || p.now(other).rank != 1) return;
  int readers = 0;
  for (int i = 0; i < p.g.size(); ++i)
    if (p.made_of[i] == q.main) readers = p.uses[i] + p.is_root[i];
  if (readers != 1) return;
  q.start = made;
  p.place(made).part = role::start;
}

/// Whether node `i` of the graph could be computed in the matrix product kernel `k`, and is now.
constexpr bool join_matrix_product(kernel_partition& p, int i, node const& n, int k) {
  int const main = p.kernel_of(k).main;
  bool const accumulated = p.place(main).over_samples;
  bool inner = true;
  bool end = true;
  for (std::size_t j = 0; j < n.arity; ++j) {
    placement const& o = p.place(n.operand[j]);
    if (o.kernel != k) continue;
    bool const at_end = o.part == role::column_sum || o.part == role::post;
    inner = inner && !at_end;
    end = end && at_end;
  }
  axis_map dims;
  if (!p.inherit_dimensions(n, k, dims)) return false;
  if (end && op::is_elementwise(n.operation) && n.rank == 1 && dims[0] == 1) {
    if (!p.same_stage(i, k, true)) return false;
    enter(p, p.append(i, n), k, role::post, dims);
    return true;
  }
  if (!inner) return false;
  // every dimension of an element is known from main; a matrix-vector product has no rows
  for (int e = 0; e < n.iteration.rank; ++e)
    if (dims[e] == free_dimension) return false;
  if (op::is_elementwise(n.operation) && n.rank == p.now(main).rank) {
    if (!p.same_stage(i, k, accumulated)) return false;
    int const made = p.append(i, n);
    enter(p, made, k, role::element, dims);
    absorb_bias(p, made, k);
    return true;
  }
  if (n.is(code<op::sum>) && n.rank == 1 && n.reduced() == 1 && dims[0] == 1 && dims[1] == 0 &&
      !accumulated) {
    if (!p.same_stage(i, k, false)) return false;
    enter(p, p.append(i, n), k, role::column_sum, dims);
    return true;
  }
  return false;
}

}  // namespace ramp::pass::detail
