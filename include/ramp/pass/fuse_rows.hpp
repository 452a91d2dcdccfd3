// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/pass/kernel_partition.hpp>
#include <ramp/pass/rematerialize.hpp>

namespace ramp::pass::detail {

/// Starts a row kernel with `n`, an elementwise operation or a reduction over one or two
/// dimensions, node `i` of the graph.
constexpr void start_rows(kernel_partition& p, int i, node const& n) {
  int const best = cheapest_dimension(n.iteration.rank, [&](int e) {
    int cost = padding_cost(n.extent(e), p.d.width) + p.preferred.cost(i, e);
    if (e >= n.rank) cost += 20;
    for (std::size_t k = 0; k < n.arity; ++k) {
      storage const& o = p.place(n.operand[k]).at;
      bool const computed_here = o.where == memory::literal || p.repeatable[n.operand[k]] != 0;
      int const along = p.operand_dimension(n, k, e);
      if (along >= 0 && !computed_here && o.lane != along) cost += 60;
    }
    return cost;
  });
  axis_map dims;
  for (int e = 0; e < n.iteration.rank; ++e) dims.set(e, e == best ? 1 : 0);
  role part = role::lane;
  if (op::is_reduction(n.operation)) part = best >= n.rank ? role::lane_fold : role::row_fold;
  else if (n.rank == 2) part = role::element;
  int const made = p.append(i, n);
  int const k = p.new_kernel(kernel_kind::rows, made);
  for (int e = 0; e < n.iteration.rank; ++e)
    p.kernel_of(k).extent[static_cast<std::size_t>(dims[e])] = n.extent(e);
  enter(p, made, k, part, dims);
}

/// Assigns the node's dimensions that no operand inside the kernel fixed. The kernel may grow rows
/// if it has none yet.
constexpr bool match_free_dimensions(node const& n, kernel const& q, axis_map& dims,
                                     std::array<int, 3>& extent) {
  for (int e = 0; e < n.iteration.rank; ++e) {
    if (dims[e] != free_dimension) continue;
    bool taken[2] = {false, false};
    for (int f = 0; f < n.iteration.rank; ++f)
      if (dims[f] < 2) taken[dims[f]] = true;
    if (!taken[0] && q.extent[0] == n.extent(e)) dims.set(e, 0);
    else if (!taken[1] && q.extent[1] == n.extent(e)) dims.set(e, 1);
    else if (!taken[0] && q.extent[0] == 1) {
      dims.set(e, 0);
      extent[0] = n.extent(e);
    } else {
      return false;
    }
  }
  return true;
}

/// Whether node `i` of the graph could be computed in the row kernel `k`, and is now.
constexpr bool join_rows(kernel_partition& p, int i, node const& n, int k) {
  bool at_end = false;
  bool all_at_end = true;
  for (std::size_t j = 0; j < n.arity; ++j) {
    placement const& o = p.place(n.operand[j]);
    if (o.kernel != k) continue;
    bool const here = o.part == role::lane_fold || o.part == role::post;
    at_end = at_end || here;
    all_at_end = all_at_end && here;
  }
  axis_map dims;
  if (!p.inherit_dimensions(n, k, dims)) return false;
  std::array<int, 3> extent = p.kernel_of(k).extent;
  if (!match_free_dimensions(n, p.kernel_of(k), dims, extent)) return false;
  bool has_lane = false;
  bool folds_lane = false;
  bool has_row = false;
  bool folds_row = false;
  for (int e = 0; e < n.iteration.rank; ++e) {
    if (dims[e] == 1) (e < n.rank ? has_lane : folds_lane) = true;
    if (dims[e] == 0) (e < n.rank ? has_row : folds_row) = true;
  }
  if (at_end) {
    if (!all_at_end || has_lane || folds_lane || folds_row || !op::is_elementwise(n.operation) ||
        !p.same_stage(i, k, true))
      return false;
    enter(p, p.append(i, n), k, role::post, dims);
    return true;
  }
  if (!p.same_stage(i, k, false)) return false;
  role part = role::element;
  if (op::is_reduction(n.operation)) {
    if (folds_lane) part = role::lane_fold;
    else if (folds_row && has_lane) part = role::row_fold;
    else return false;
  } else {
    if (!has_lane) return false;
    part = has_row ? role::element : role::lane;
  }
  p.kernel_of(k).extent = extent;
  enter(p, p.append(i, n), k, part, dims);
  return true;
}

}  // namespace ramp::pass::detail
