// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

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
  static constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }
  constexpr placement& place(int i) { return d.placements[at(i)]; }
  constexpr int kernels() const { return static_cast<int>(d.kernels.size()); }

  /// 1. An update is stored where its target is, unless a member of the same kernel still has to
  ///    read the old value elsewhere.
  constexpr void mark_updates() {
    in_place.assign(d.nodes.size(), -1);
    for (root& r : d.roots)
      if (r.kind == root_kind::update) {
        if (reads_elsewhere(r)) r = buffered(r);
        in_place[at(r.node)] = r.target;
        d.kernels[at(place(r.node).kernel)].updates = true;
      }
  }

  constexpr bool is_target(int i, int target) const {
    return d.nodes[at(i)].is(code<op::argument>) && d.nodes[at(i)].attribute[0] == target;
  }

  constexpr bool reads_elsewhere(root const& r) {
    placement const& u = place(r.node);
    kernel const& k = d.kernels[at(u.kernel)];
    for (int i = 0; i < k.count; ++i) {
      int const m = d.members[at(k.first + i)];
      node const& n = d.nodes[at(m)];
      for (std::size_t j = 0; j < n.arity; ++j) {
        if (!is_target(n.operand[j], r.target)) continue;
        int const rank = d.nodes[at(n.operand[j])].rank;
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
    node copy;
    copy.operation = code<op::view>;
    copy.arity = 1;
    copy.rank = d.nodes[at(r.node)].rank;
    copy.iteration = d.nodes[at(r.node)].result_shape();
    copy.operand[0] = r.node;
    copy.map[0] = axis_map::identity(copy.rank);
    int const made = static_cast<int>(d.nodes.size());
    placement p;
    p.kernel = kernels();
    p.part = role::main;
    p.place = axis_map::identity(copy.rank);
    p.after_samples = place(r.node).after_samples;
    p.at = d.argument_storage[at(r.target)];
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
  ///    before the kernel that overwrites it, and every update after the loss. False: a cycle.
  constexpr bool schedule() {
    int const count = kernels();
    std::vector<std::vector<int>> next(at(count), std::vector<int>());
    std::vector<int> waiting(at(count), 0);
    auto edge = [&](int from, int to) {
      if (from == to || from < 0 || to < 0) return;
      next[at(from)].push_back(to);
      ++waiting[at(to)];
    };
    std::vector<int> writer(d.arguments.size(), -1);
    int loss = -1;
    for (root const& r : d.roots) {
      if (r.kind == root_kind::update) writer[at(r.target)] = place(r.node).kernel;
      if (r.kind == root_kind::loss) loss = place(r.node).kernel;
    }
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
      int const to = d.placements[i].kernel;
      if (to < 0) continue;
      node const& n = d.nodes[i];
      for (std::size_t k = 0; k < n.arity; ++k) {
        edge(place(n.operand[k]).kernel, to);
        node const& o = d.nodes[at(n.operand[k])];
        if (o.is(code<op::argument>)) edge(to, writer[at(o.attribute[0])]);
      }
    }
    for (int k = 0; k < count; ++k)
      if (d.kernels[at(k)].updates) edge(loss, k);

    // repeatedly the lowest-numbered kernel that waits for nothing
    order.clear();
    std::vector<int> ready;  // sorted, smallest last
    auto offer = [&](int k) {
      std::size_t p = ready.size();
      ready.push_back(k);
      for (; p > 0 && ready[p - 1] < k; --p) ready[p] = ready[p - 1];
      ready[p] = k;
    };
    for (int k = 0; k < count; ++k)
      if (waiting[at(k)] == 0) offer(k);
    while (!ready.empty()) {
      int const k = ready.back();
      ready.pop_back();
      order.push_back(k);
      for (int n : next[at(k)])
        if (--waiting[at(n)] == 0) offer(n);
    }
    return static_cast<int>(order.size()) == count;
  }

  /// A cycle means that an update would overwrite what a later kernel still reads.
  constexpr void buffer_one_update() {
    std::vector<char> placed(d.kernels.size(), 0);
    for (int k : order) placed[at(k)] = 1;
    for (root& r : d.roots) {
      if (r.kind != root_kind::update || placed[at(place(r.node).kernel)] != 0) continue;
      if (d.nodes[at(r.node)].is(code<op::view>) &&
          d.kernels[at(place(r.node).kernel)].kind == kernel_kind::generic)
        continue;  // buffered already
      in_place[at(r.node)] = -1;
      r = buffered(r);
      in_place[at(r.node)] = r.target;
      return;
    }
    d.fault = plan_fault::circle;
  }

  /// 3. Offsets: first fit over the live ranges [definition, last use], in kernel order.
  constexpr void allocate() {
    std::vector<int> position(d.kernels.size(), 0);
    for (std::size_t p = 0; p < order.size(); ++p) position[at(order[p])] = static_cast<int>(p);
    std::vector<int> last_use(d.nodes.size(), -1);
    for (std::size_t i = 0; i < d.nodes.size(); ++i) {
      if (d.placements[i].kernel < 0) continue;
      int const reader = d.placements[i].kernel;
      for (std::size_t k = 0; k < d.nodes[i].arity; ++k) {
        int const o = d.nodes[i].operand[k];
        if (place(o).kernel == reader) continue;
        if (position[at(reader)] > last_use[at(o)]) last_use[at(o)] = position[at(reader)];
      }
    }
    int const end = static_cast<int>(order.size());
    for (root const& r : d.roots)
      if (r.kind != root_kind::update) last_use[at(r.node)] = end;

    struct block {
      int offset, size, until;
    };
    std::vector<block> live;
    for (int p = 0; p < end; ++p) {
      kernel const& k = d.kernels[at(order[at(p)])];
      std::size_t kept = 0;
      for (block const& b : live)
        if (b.until >= p) live[kept++] = b;
      live.resize(kept, block{});
      for (int i = 0; i < k.count; ++i) {
        int const m = d.members[at(k.first + i)];
        storage& s = place(m).at;
        if (in_place[at(m)] >= 0) {
          s = d.argument_storage[at(in_place[at(m)])];
          continue;
        }
        if (last_use[at(m)] < 0) continue;
        int const size = reserved(s);
        int offset = 0;
        for (bool moved = true; moved;) {
          moved = false;
          for (block const& b : live)
            if (offset < b.offset + b.size && b.offset < offset + size) {
              offset = b.offset + b.size;
              moved = true;
            }
        }
        live.push_back({offset, size, last_use[at(m)]});
        s.where = memory::arena;
        s.base = offset;
        if (offset + size > d.arena_elements) d.arena_elements = offset + size;
      }
    }
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

  constexpr void sort_kernels(std::vector<int> const& position) {
    std::vector<kernel> sorted(d.kernels.size(), kernel{});
    for (int k = 0; k < kernels(); ++k) sorted[at(position[at(k)])] = d.kernels[at(k)];
    d.kernels = sorted;
    for (placement& p : d.placements)
      if (p.kernel >= 0) p.kernel = position[at(p.kernel)];
    d.kernels_before_update = kernels();
    for (int k = kernels() - 1; k >= 0; --k)
      if (d.kernels[at(k)].updates) d.kernels_before_update = k;
  }

  draft d;
  bool tiled;
  std::vector<int> in_place, order;
};

}  // namespace detail

/// Completes a fused program: order of the kernels and place of every value. `several_tiles`: sums
/// over samples go on from one tile to the next and get accumulators. Preserves every value; an
/// update overwrites its target only after the last read of the old value.
/// Cost: linear in nodes, times the number of buffers that live at once.
constexpr draft plan_memory(draft&& fused, bool several_tiles) {
  return detail::memory_planner(static_cast<draft&&>(fused), several_tiles).run();
}

}  // namespace ramp::pass
