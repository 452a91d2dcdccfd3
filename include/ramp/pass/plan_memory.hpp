// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/pass/arena.hpp>
#include <ramp/pass/fuse.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::pass {
namespace detail {

/// Orders the kernels and gives every value that outlives its kernel an offset in one arena.
class memory_planner {
 public:
  constexpr memory_planner(draft&& fused, bool several_tiles)
      : d(static_cast<draft&&>(fused)), tiled(several_tiles) {}

  constexpr draft run() {
    if (d.fault != plan_fault::none) return static_cast<draft&&>(d);
    mark_updates();
    while (d.fault == plan_fault::none && !schedule()) buffer_one_update();
    if (d.fault == plan_fault::none) allocate();
    return static_cast<draft&&>(d);
  }

 private:
  constexpr placement& place(int i) { return d.placements[i]; }
  constexpr int kernels() const { return static_cast<int>(d.kernels.size()); }

  /// 1. An update is stored where its target is, unless a member of the same kernel still has to
  ///    read the old value elsewhere.
  constexpr void mark_updates() {
    in_place.assign(d.nodes.size(), -1);
    for (root& r : d.roots)
      if (r.kind == root_kind::update) {
        if (reads_elsewhere(r)) r = buffered(r);
        in_place[r.node] = r.target;
        d.kernels[place(r.node).kernel].updates = true;
      }
  }

  constexpr bool is_target(int i, int target) const {
    return d.nodes[i].is(code<op::argument>) && d.nodes[i].attribute[0] == target;
  }

  constexpr bool reads_elsewhere(root const& r) {
    placement const& u = place(r.node);
    kernel const& k = d.kernels[u.kernel];
    for (int i = 0; i < k.count; ++i) {
      int const m = d.members[k.first + i];
      node const& n = d.nodes[m];
      for (std::size_t j = 0; j < n.arity; ++j) {
        if (!is_target(n.operand[j], r.target)) continue;
        int const rank = d.nodes[n.operand[j]].rank;
        bool const same_element =
            op::is_elementwise(n.operation) &&
            place(m).place.after(n.map[j], rank) == u.place.after(axis_map::identity(rank), rank);
        if (!same_element || place(m).phase > u.phase) return true;
      }
    }
    return false;
  }

  /// The update goes to the arena first and is copied when all readers are done.
  constexpr root buffered(root const& r) {
    axis_map const same = axis_map::identity(d.nodes[r.node].rank);
    node const copy = ir::view_of(r.node, same, d.nodes[r.node].result_shape());
    int const made = static_cast<int>(d.nodes.size());
    placement p;
    p.kernel = kernels();
    p.part = role::main;
    p.place = same;
    p.after_samples = place(r.node).after_samples;
    p.at = d.argument_storage[r.target];
    kernel k;
    k.kind = kernel_kind::generic;
    k.main = made;
    k.when = p.after_samples ? stage::last_tile : stage::every_tile;
    k.first = static_cast<int>(d.members.size());
    k.count = 1;
    k.updates = true;
    d.nodes.push_back(copy);
    d.placements.push_back(p);
    d.kernels.push_back(k);
    d.members.push_back(made);
    in_place.resize(d.nodes.size(), -1);
    return {made, root_kind::update, r.target};
  }

  /// 2. A topological order of the kernels, stable in their numbers: readers of an old value come
  ///    before the kernel that overwrites it, and every update after the loss and the counters.
  ///    False: a cycle.
  constexpr bool schedule() {
    int const count = kernels();
    // the edges that leave a kernel are a chain through one list
    struct edge_to {
      int kernel = -1, next = -1;
    };
    list<edge_to> edges;
    list<int> leaving(d.kernels.size(), -1);
    list<int> waiting(d.kernels.size(), 0);
    auto edge = [&](int from, int to) {
      if (from == to || from < 0 || to < 0) return;
      edges.push_back({to, leaving[from]});
      leaving[from] = static_cast<int>(edges.size()) - 1;
      ++waiting[to];
    };
    list<int> writer(d.arguments.size(), -1);
    for (root const& r : d.roots)
      if (r.kind == root_kind::update) writer[r.target] = place(r.node).kernel;
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
      int const to = d.placements[i].kernel;
      if (to < 0) continue;
      node const& n = d.nodes[i];
      for (std::size_t k = 0; k < n.arity; ++k) {
        edge(place(n.operand[k]).kernel, to);
        node const& o = d.nodes[n.operand[k]];
        if (o.is(code<op::argument>)) edge(to, writer[o.attribute[0]]);
      }
    }
    for (root const& r : d.roots)
      for (int k = 0; k < count && is_checked(r.kind); ++k)
        if (d.kernels[k].updates) edge(place(r.node).kernel, k);

    // repeatedly the lowest-numbered kernel that waits for nothing
    order.clear();
    list<int> ready;  // sorted, smallest last
    auto offer = [&](int k) {
      std::size_t p = ready.size();
      ready.push_back(k);
      for (; p > 0 && ready[p - 1] < k; --p) ready[p] = ready[p - 1];
      ready[p] = k;
    };
    for (int k = 0; k < count; ++k)
      if (waiting[k] == 0) offer(k);
    while (!ready.empty()) {
      int const k = ready.back();
      ready.pop_back();
      order.push_back(k);
      for (int e = leaving[k]; e >= 0; e = edges[e].next)
        if (--waiting[edges[e].kernel] == 0) offer(edges[e].kernel);
    }
    return static_cast<int>(order.size()) == count;
  }

  /// A cycle means that an update would overwrite what a later kernel still reads.
  constexpr void buffer_one_update() {
    list<char> placed(d.kernels.size(), 0);
    for (int k : order) placed[k] = 1;
    for (root& r : d.roots) {
      if (r.kind != root_kind::update || placed[place(r.node).kernel] != 0) continue;
      if (d.nodes[r.node].is(code<op::view>) &&
          d.kernels[place(r.node).kernel].kind == kernel_kind::generic)
        continue;  // buffered already
      in_place[r.node] = -1;
      r = buffered(r);
      in_place[r.node] = r.target;
      return;
    }
    d.fault = plan_fault::circle;
  }

  /// 3. Offsets: first fit over the live ranges [definition, last use], in kernel order.
  constexpr void allocate() {
    list<int> position(d.kernels.size(), 0);
    for (std::size_t p = 0; p < order.size(); ++p) position[order[p]] = static_cast<int>(p);
    list<int> last_use(d.nodes.size(), -1);
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
      if (d.placements[i].kernel < 0) continue;
      int const reader = d.placements[i].kernel;
      for (std::size_t k = 0; k < d.nodes[i].arity; ++k) {
        int const o = d.nodes[i].operand[k];
        if (place(o).kernel == reader) continue;
        if (position[reader] > last_use[o]) last_use[o] = position[reader];
      }
    }
    int const end = static_cast<int>(order.size());
    for (root const& r : d.roots)
      if (r.kind != root_kind::update) last_use[r.node] = end;

    arena memory_of_program(d.width);
    // the values whose last reader is a kernel are a chain, too
    list<int> expiring(order.size() + 1, -1);
    list<int> next(d.nodes.size(), -1);
    for (int p = 0; p < end; ++p) {
      if (p > 0)
        for (int m = expiring[p - 1]; m >= 0; m = next[m])
          memory_of_program.release(place(m).at.base, place(m).at.elements);
      kernel const& k = d.kernels[order[p]];
      for (int i = 0; i < k.count; ++i) {
        int const m = d.members[k.first + i];
        storage& s = place(m).at;
        if (in_place[m] >= 0) {
          s = d.argument_storage[in_place[m]];
        } else if (last_use[m] >= 0) {
          s.where = memory::arena;
          s.base = memory_of_program.allocate(s.elements);
          next[m] = expiring[last_use[m]];
          expiring[last_use[m]] = m;
        }
      }
    }
    d.arena_elements = memory_of_program.size();
    if (tiled) reserve_accumulators();
    sort_kernels(position);
  }

  /// Every buffer starts at a cache line.
  constexpr int reserved(storage const& s) const {
    return (s.elements + d.width - 1) / d.width * d.width;
  }

  constexpr void reserve_accumulators() {
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
      if (!d.placements[i].over_samples || d.placements[i].kernel < 0) continue;
      d.placements[i].accumulator = d.arena_elements;
      d.arena_elements += reserved(d.placements[i].at);
    }
  }

  constexpr void sort_kernels(list<int> const& position) {
    list<kernel> sorted(d.kernels.size(), kernel{});
    for (int k = 0; k < kernels(); ++k) sorted[position[k]] = d.kernels[k];
    d.kernels = sorted;
    for (placement& p : d.placements)
      if (p.kernel >= 0) p.kernel = position[p.kernel];
    d.kernels_before_update = kernels();
    for (int k = kernels() - 1; k >= 0; --k)
      if (d.kernels[k].updates) d.kernels_before_update = k;
  }

  draft d;
  bool tiled;
  list<int> in_place, order;
};

}  // namespace detail

/// Completes a fused program: order of the kernels and place of every value. `several_tiles`: sums
/// over samples go on from one tile to the next and get accumulators. Preserves every value; an
/// update overwrites its target only after the last read of the old value.
/// Cost: near-linear in nodes.
constexpr draft plan_memory(draft&& fused, bool several_tiles) {
  return detail::memory_planner(static_cast<draft&&>(fused), several_tiles).run();
}

}  // namespace ramp::pass
