// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/small_array.hpp>
#include <ramp/pass/plan.hpp>
#include <ramp/pass/sample_flow.hpp>

namespace ramp::pass::detail {

/// Along which dimension of each node of a graph the packs should run, judged by what reads it. The
/// costs are in percent of the work of a kernel, like padding_cost. Cost: linear in nodes.
class lane_preference {
 public:
  /// Assumes the roots and the storage of the arguments of `d`.
  constexpr lane_preference(graph const& g, draft const& d, sample_flow const& samples)
      : wanted_(g.nodes.size(), -1), fold_cost_(g.nodes.size(), costs{}) {
    for (root const& r : d.roots)
      if (r.kind == root_kind::update) wanted_[r.node] = d.argument_storage[r.target].lane;
    mark_folds(g, samples);
    spread_wishes(g);
  }

  /// The lane dimension of the update that node `i` leads to elementwise; -1 if it leads to none.
  [[nodiscard]] constexpr int wanted(int i) const { return wanted_[i]; }

  /// What the readers of node `i` pay for packs along its iteration dimension `e`.
  [[nodiscard]] constexpr int cost(int i, int e) const {
    return (wanted_[i] >= 0 && wanted_[i] != e ? 100 : 0) + fold_cost_[i][e];
  }

 private:
  using costs = small_array<int, max_dimensions>;

  /// A dimension that is folded next, such as the classes of a softmax, is better walked than laid
  /// along the lanes: then no fold is horizontal and what follows stays in one kernel. A sum over
  /// samples comes last and matters less.
  constexpr void mark_folds(graph const& g, sample_flow const& samples) {
    for (int i = g.size() - 1; i >= 0; --i) {
      node const& n = g[i];
      bool const passes_on = op::is_elementwise(n.operation);
      if (!passes_on && !(op::is_reduction(n.operation) && n.rank > 0)) continue;
      costs all = passes_on ? fold_cost_[i] : costs{};
      for (int e = n.rank; e < n.iteration.rank; ++e) all[e] = e == samples.axis[i] ? 40 : 80;
      for (std::size_t k = 0; k < n.arity; ++k) {
        costs& of_operand = fold_cost_[n.operand[k]];
        for (int e = 0; e < g[n.operand[k]].rank; ++e)
          if (all[n.map[k][e]] > of_operand[e]) of_operand[e] = all[n.map[k][e]];
      }
    }
  }

  /// What leads elementwise to an update is best computed in the layout of its target.
  constexpr void spread_wishes(graph const& g) {
    for (int i = g.size() - 1; i >= 0; --i) {
      node const& n = g[i];
      if (wanted_[i] < 0 || !op::is_elementwise(n.operation)) continue;
      for (std::size_t k = 0; k < n.arity; ++k) {
        int const o = n.operand[k];
        int const rank = g[o].rank;
        if (rank == n.rank && n.map[k] == axis_map::identity(rank) && wanted_[o] < 0)
          wanted_[o] = wanted_[i];
      }
    }
  }

  list<int> wanted_;
  list<costs> fold_cost_;
};

}  // namespace ramp::pass::detail
