// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/pass/lane_preference.hpp>
#include <ramp/pass/plan.hpp>
#include <ramp/pass/sample_flow.hpp>

namespace ramp::pass::detail {

/// In a map to kernel dimensions: a dimension of which nothing is known yet.
inline constexpr int free_dimension = 15;

/// A graph on its way to a partition into kernels. A node has an index in the graph, called `i`
/// below, and one in the draft once it is placed, called `made`. Refers to what it is made from.
struct kernel_partition {
  graph const& g;
  sample_flow const& samples;
  lane_preference const& preferred;
  draft d;

  list<int> made_of;  // index in the draft of each node of the graph; -1: not placed
  list<int> uses;     // how often other nodes of the graph read it
  list<char> is_root;
  list<int> order;   // placed members of kernels, in the order in which they were placed
  list<int> copies;  // nodes that `copied` made

  // the state of rematerialize.hpp
  struct again {
    int source, kernel, copy;
  };
  list<char> delayed;     // by index in the graph
  list<char> repeatable;  // by index in the draft
  list<again> repeated;

  constexpr kernel_partition(graph const& source, sample_flow const& flow,
                             lane_preference const& lanes, draft&& begun)
      : g(source), samples(flow), preferred(lanes), d(static_cast<draft&&>(begun)) {
    made_of.assign(g.nodes.size(), -1);
    delayed.assign(g.nodes.size(), 0);
    uses.assign(g.nodes.size(), 0);
    is_root.assign(g.nodes.size(), 0);
    d.nodes.reserve(g.nodes.size());
    d.placements.reserve(g.nodes.size());
    repeatable.reserve(g.nodes.size());
    order.reserve(g.nodes.size());
    for (node const& n : g.nodes)
      for (std::size_t k = 0; k < n.arity; ++k) ++uses[n.operand[k]];
    for (root const& r : d.roots) is_root[r.node] = 1;
  }

  constexpr node const& old(int i) const { return g[i]; }
  constexpr node const& now(int made) const { return d.nodes[made]; }
  constexpr placement& place(int made) { return d.placements[made]; }
  constexpr placement const& place(int made) const { return d.placements[made]; }
  constexpr kernel& kernel_of(int k) { return d.kernels[k]; }
  constexpr kernel const& kernel_of(int k) const { return d.kernels[k]; }

  /// Node `i` of the graph in the draft, its operands numbered as there.
  constexpr int append(int i, node const& n) {
    int const made = add(n);
    made_of[i] = made;
    place(made).over_samples = samples.over[i] != 0;
    place(made).after_samples = samples.after[i] != 0;
    return made;
  }
  constexpr int add(node const& n) {
    d.nodes.push_back(n);
    d.placements.push_back({});
    repeatable.push_back(0);
    return static_cast<int>(d.nodes.size()) - 1;
  }
  constexpr void renumber_operands(node& n) const {
    for (std::size_t k = 0; k < n.arity; ++k) n.operand[k] = made_of[n.operand[k]];
  }

  constexpr int new_kernel(kernel_kind kind, int main) {
    kernel k;
    k.kind = kind;
    k.main = main;
    placement const& p = place(main);
    k.when = p.after_samples && !p.over_samples ? stage::last_tile : stage::every_tile;
    d.kernels.push_back(k);
    return static_cast<int>(d.kernels.size()) - 1;
  }

  constexpr void join(int made, int k, role part, axis_map dims) {
    placement& p = place(made);
    p.kernel = k;
    p.part = part;
    p.place = dims;
    if (p.over_samples) kernel_of(k).accumulates = true;
    order.push_back(made);
  }

  /// Gives the result of a placed node packs along its dimension `lane`.
  constexpr void settle(int made, int lane) {
    place(made).at = packed(now(made).result_shape(), lane, d.width, memory::none);
  }

  /// Makes a node the only one of a kernel.
  constexpr void isolate(int made, kernel_kind kind, int lane) {
    int const k = new_kernel(kind, made);
    join(made, k, role::main, axis_map::identity(now(made).iteration.rank));
    settle(made, lane);
  }

  /// A copy of a stored node with packs along dimension `lane`; one for each node and lane.
  constexpr int copied(int source, int lane) {
    for (int c : copies)
      if (now(c).operand[0] == source && place(c).at.lane == lane) return c;
    int const rank = now(source).rank;
    int const made =
        add(ir::view_of(source, axis_map::identity(rank), now(source).result_shape()));
    place(made).after_samples = place(source).after_samples;
    isolate(made, rank == 2 ? kernel_kind::copy : kernel_kind::generic, lane);
    copies.push_back(made);
    return made;
  }

  /// The dimension of operand `k` that runs along iteration dimension `e`; -1 if none.
  constexpr int operand_dimension(node const& n, std::size_t k, int e) const {
    for (int j = 0; j < now(n.operand[k]).rank; ++j)
      if (n.map[k][j] == e) return j;
    return -1;
  }

  /// Kernel dimensions of the node's iteration dimensions, from operands inside the kernel;
  /// free_dimension where they do not say. False if these loops cannot have the node, because it
  /// reads one of them along several: a matrix and its transpose, or a vector for rows and columns.
  constexpr bool inherit_dimensions(node const& n, int k, axis_map& dims) const {
    dims = axis_map{0xFFFFFFFFu};
    for (std::size_t j = 0; j < n.arity; ++j) {
      placement const& p = place(n.operand[j]);
      if (p.kernel != k) continue;
      for (int e = 0; e < now(n.operand[j]).rank; ++e) {
        int const own = n.map[j][e];
        for (int f = 0; f < n.iteration.rank; ++f)
          if (f == own ? dims[f] != free_dimension && dims[f] != p.place[e]
                       : dims[f] == p.place[e])
            return false;
        dims.set(own, p.place[e]);
      }
    }
    return true;
  }

  /// In a program that runs tile by tile, what is final in the last tile only must not be computed
  /// among what every tile computes.
  constexpr bool same_stage(int i, int k, bool at_end) const {
    bool const late = samples.after[i] != 0 && samples.over[i] == 0;
    if (kernel_of(k).when == stage::last_tile) return true;
    return !late || at_end;
  }

  /// An update must not run before the loss has been checked, so not in the kernel that computes
  /// the loss nor in one that it needs; those have lower numbers. Likewise for counters.
  constexpr bool may_update_in(int i, int k) const {
    int checked = -1;
    bool updates = false;
    for (root const& r : d.roots) {
      if (is_checked(r.kind)) {
        int const in = made_of[r.node] < 0 ? static_cast<int>(d.kernels.size())
                                           : place(made_of[r.node]).kernel;
        if (in > checked) checked = in;
      }
      updates = updates || (r.kind == root_kind::update && r.node == i);
    }
    return !updates || k > checked;
  }
};

}  // namespace ramp::pass::detail
