// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/pass/fuse_matrix_product.hpp>
#include <ramp/pass/fuse_rows.hpp>
#include <ramp/pass/kernel_partition.hpp>
#include <ramp/pass/lane_preference.hpp>
#include <ramp/pass/plan.hpp>
#include <ramp/pass/rematerialize.hpp>
#include <ramp/pass/sample_flow.hpp>

namespace ramp::pass {
namespace detail {

/// Where the caller's tensors and the state live.
constexpr void place_arguments(draft& d, list<int> const& state_places) {
  for (std::size_t i = 0; i < d.arguments.size(); ++i) {
    ir::argument const& a = d.arguments[i];
    if (a.kind == ir::argument_kind::parameter || a.kind == ir::argument_kind::state) {
      storage s = packed(a.extents, natural_lane(a.extents, d.width), d.width, memory::state);
      s.base = state_places.empty() ? d.state_elements : state_places[i];
      d.state_elements += (s.elements + d.width - 1) / d.width * d.width;
      d.argument_storage.push_back(s);
    } else {
      d.argument_storage.push_back(row_major(a.extents, memory::argument, static_cast<int>(i)));
    }
  }
}

/// Every root becomes a node that is computed, and at most one update; a copy where it is not.
constexpr void own_roots(graph& g, draft& d) {
  int made = 0;
  for (std::size_t j = 0; j < d.roots.size(); ++j) {
    root& r = d.roots[j];
    bool own = !op::is_leaf(g[r.node].operation);
    shape want = g[r.node].result_shape();
    if (r.kind == root_kind::update) {
      want = d.arguments[r.target].extents;
      own = own && g[r.node].rank == want.rank;
      for (std::size_t i = 0; i < j; ++i)
        if (d.roots[i].kind == root_kind::update && d.roots[i].node == r.node) own = false;
    }
    if (own) continue;
    node copy = ir::view_of(r.node, axis_map::identity(g[r.node].rank), want);
    copy.attribute[0] = ++made;  // distinct copies of one node stay distinct
    r.node = g.append(copy);
  }
}

/// Partitions a graph into kernels, greedily in topological order: a node joins the kernel of its
/// latest operand if it fits that kernel's loops, else it starts one. Edges between kernels then
/// always lead from an earlier kernel to a later one, but for kernels that read leaves only, so the
/// partition has no cycle.
class fuser {
 public:
  constexpr explicit fuser(kernel_partition& begun) : p(begun) {}

  constexpr void run() {
    for (int i = 0; i < p.g.size(); ++i) take(i);
    for (root& r : p.d.roots) r.node = p.made_of[r.node];
    collect_members();
  }

 private:
  /// One node of the graph, in topological order.
  constexpr void take(int i) {
    node n = p.old(i);
    if (op::is_leaf(n.operation)) {
      storage& s = p.place(p.append(i, n)).at;
      if (n.is(code<op::argument>)) s = p.d.argument_storage[n.attribute[0]];
      else s = {.where = memory::literal};
      return;
    }
    if (can_be_delayed(p, i)) {
      p.delayed[i] = 1;
      return;
    }
    for (std::size_t k = 0; k < n.arity; ++k) number_delayed(p, n.operand[k]);
    p.renumber_operands(n);
    bool const elementwise = op::is_elementwise(n.operation);
    if (is_matrix_product(p, n)) {
      start_matrix_product(p, i, n);
    } else if (elementwise || op::is_reduction(n.operation)) {
      if (try_join(i, n)) return;
      if (n.rank == 0 && elementwise) scalar(i, n);
      else if (n.iteration.rank <= 2 && n.iteration.rank > 0) start_rows(p, i, n);
      else alone(i, n, kernel_kind::generic);
    } else {
      alone(i, n, op::is_matrix(n.operation) ? kernel_kind::matrix : kernel_kind::generic);
    }
  }

  constexpr bool try_join(int i, node const& n) {
    int k = -1;
    for (std::size_t j = 0; j < n.arity; ++j)
      if (p.repeatable[n.operand[j]] == 0 && p.place(n.operand[j]).kernel > k)
        k = p.place(n.operand[j]).kernel;
    if (k < 0 || !p.may_update_in(i, k) || n.iteration.rank > 2) return false;
    kernel_kind const kind = p.kernel_of(k).kind;
    if (kind == kernel_kind::contract) return join_matrix_product(p, i, n, k);
    if (kind == kernel_kind::rows) return join_rows(p, i, n, k);
    return false;
  }

  constexpr void scalar(int i, node const& n) {
    int const made = p.append(i, n);
    stage const when = p.place(made).after_samples ? stage::last_tile : stage::every_tile;
    // consecutive scalars share straight-line code, up to a size beyond which compilers slow down
    constexpr int most = 64;
    int k = static_cast<int>(p.d.kernels.size()) - 1;
    if (k < 0 || p.kernel_of(k).kind != kernel_kind::scalars || p.kernel_of(k).when != when ||
        scalars_in_kernel >= most) {
      k = p.new_kernel(kernel_kind::scalars, made);
      scalars_in_kernel = 0;
    }
    ++scalars_in_kernel;
    p.join(made, k, role::main, {});
    p.settle(made, -1);
  }

  constexpr void alone(int i, node n, kernel_kind kind) {
    int const made = p.append(i, n);
    for (std::size_t k = 0; k < n.arity; ++k) n.operand[k] = stored(p, n.operand[k]);
    p.d.nodes[made] = n;
    int const wanted = p.preferred.wanted(i);
    p.isolate(made, kind, wanted >= 0 ? wanted : natural_lane(n.result_shape(), p.d.width));
  }

  /// Members in the order in which they were placed, kernel by kernel; phases of row kernels.
  constexpr void collect_members() {
    draft& d = p.d;
    for (int m : p.order) ++p.kernel_of(p.place(m).kernel).count;
    int total = 0;
    for (kernel& k : d.kernels) {
      k.first = total;
      total += k.count;
      k.count = 0;
    }
    d.members.assign(static_cast<std::size_t>(total), 0);
    for (int m : p.order) {
      placement& q = p.place(m);
      kernel& k = p.kernel_of(q.kernel);
      q.local = k.count++;
      d.members[k.first + q.local] = m;
      for (std::size_t j = 0; j < p.now(m).arity; ++j) {
        placement const& o = p.place(p.now(m).operand[j]);
        if (o.kernel != q.kernel) continue;
        int const phase = o.phase + (o.part == role::row_fold ? 1 : 0);
        if (phase > q.phase) q.phase = phase;
      }
      if (q.phase + 1 > k.phases) k.phases = q.phase + 1;
    }
  }

  kernel_partition& p;
  int scalars_in_kernel = 0;
};

}  // namespace detail

/// Decides which nodes are computed together, in which loops, and along which dimension the packs
/// run. `lanes` and `width` are the elements of a pack and of a storage panel. Preserves every
/// value. Cost: near-linear in nodes; members of one kernel are ordered by their operands.
/// `state_places`: for a program that reads the model of another one, where each argument lies in
/// that model's state; empty: a state of its own.
constexpr draft fuse(graph const& g, list<root> const& roots, int lanes, int width,
                     list<int> const& state_places = {}) {
  draft d;
  d.roots = roots;
  d.arguments = g.arguments;
  d.lanes = lanes;
  d.width = width;
  detail::place_arguments(d, state_places);
  graph rooted = g;
  detail::own_roots(rooted, d);
  detail::sample_flow const samples = detail::follow_samples(rooted);
  d.fault = samples.fault;
  if (d.fault != plan_fault::none) return d;
  detail::lane_preference const preferred(rooted, d, samples);
  detail::kernel_partition p(rooted, samples, preferred, static_cast<draft&&>(d));
  detail::fuser(p).run();
  return static_cast<draft&&>(p.d);
}

}  // namespace ramp::pass
