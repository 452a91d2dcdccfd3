// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <ramp/pass/batch.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::pass {
namespace detail {

/// Partitions a graph into kernels, greedily in topological order: a node joins the kernel of its
/// latest operand if it fits that kernel's loops, else it starts one. Edges between kernels then
/// always lead from an earlier kernel to a later one, but for kernels that read leaves only, so the
/// partition has no cycle.
class fuser {
 public:
  constexpr fuser(graph const& source, std::vector<root> const& wanted, int lanes, int width,
                  std::vector<int> const& places)
      : g(source), state_places(places.data(), places.data() + places.size()) {
    d.roots = wanted;
    d.arguments = source.arguments;
    d.lanes = lanes;
    d.width = width;
  }

  constexpr draft run() {
    place_arguments();
    own_roots();
    follow_samples();
    count_uses();
    for (int i = 0; i < g.size() && d.fault == plan_fault::none; ++i) take(i);
    if (d.fault != plan_fault::none) return static_cast<draft&&>(d);
    for (root& r : d.roots) r.node = renumbered[r.node];
    collect_members();
    return static_cast<draft&&>(d);
  }

 private:
  constexpr placement& place(int i) { return d.placements[i]; }
  constexpr node const& old(int i) const { return g[i]; }
  constexpr node const& now(int i) const { return d.nodes[i]; }
  constexpr kernel& kernel_of(int k) { return d.kernels[k]; }

  /// 1. Where the caller's tensors and the state live.
  constexpr void place_arguments() {
    for (std::size_t i = 0; i < d.arguments.size(); ++i) {
      ir::argument const& a = d.arguments[i];
      if (a.kind == ir::argument_kind::parameter || a.kind == ir::argument_kind::state) {
        storage s = packed(a.extents, natural_lane(a.extents, d.width), d.width, memory::state);
        s.base = d.state_elements;
        if (!state_places.empty()) s.base = state_places[i];
        d.state_elements += (s.elements + d.width - 1) / d.width * d.width;
        d.argument_storage.push_back(s);
      } else {
        d.argument_storage.push_back(row_major(a.extents, memory::argument, static_cast<int>(i)));
      }
    }
  }

  /// 2. Every root becomes a node that is computed, and at most one update; a copy where it is not.
  constexpr void own_roots() {
    int made = 0;
    for (std::size_t j = 0; j < d.roots.size(); ++j) {
      root& r = d.roots[j];
      bool own = !op::is_leaf(old(r.node).operation);
      shape want = old(r.node).result_shape();
      if (r.kind == root_kind::update) {
        want = d.arguments[r.target].extents;
        own = own && old(r.node).rank == want.rank;
        for (std::size_t i = 0; i < j; ++i)
          if (d.roots[i].kind == root_kind::update && d.roots[i].node == r.node) own = false;
      }
      if (own) continue;
      node copy;
      copy.operation = code<op::view>;
      copy.arity = 1;
      copy.rank = want.rank;
      copy.iteration = want;
      copy.operand[0] = r.node;
      copy.map[0] = axis_map::identity(old(r.node).rank);
      copy.attribute[0] = ++made;  // distinct copies of one node stay distinct
      r.node = g.intern(copy);
    }
  }

  constexpr void count_uses() {
    uses.assign(g.nodes.size(), 0);
    for (node const& n : g.nodes)
      for (std::size_t k = 0; k < n.arity; ++k) ++uses[n.operand[k]];
    is_root.assign(g.nodes.size(), 0);
    wanted_lane.assign(g.nodes.size(), -1);
    for (root const& r : d.roots) {
      is_root[r.node] = 1;
      if (r.kind == root_kind::update)
        wanted_lane[r.node] = d.argument_storage[r.target].lane;
    }
    mark_folds();
    // what leads elementwise to an update is best computed in the layout of its target
    for (int i = g.size() - 1; i >= 0; --i) {
      if (wanted_lane[i] < 0 || !op::is_elementwise(old(i).operation)) continue;
      for (std::size_t k = 0; k < old(i).arity; ++k) {
        int const o = old(i).operand[k];
        if (old(o).rank == old(i).rank && old(i).map[k] == axis_map::identity(old(o).rank) &&
            wanted_lane[o] < 0)
          wanted_lane[o] = wanted_lane[i];
      }
    }
    renumbered.assign(g.nodes.size(), -1);
    delayed.assign(g.nodes.size(), 0);
  }

  /// A dimension that is folded next, such as the classes of a softmax, is better walked than laid
  /// along the lanes: then no fold is horizontal and what follows stays in one kernel. A sum over
  /// samples comes last and matters less.
  constexpr void mark_folds() {
    fold_cost.assign(g.nodes.size(), {});
    for (int i = g.size() - 1; i >= 0; --i) {
      node const& n = old(i);
      bool const passes_on = op::is_elementwise(n.operation);
      if (!passes_on && !(op::is_reduction(n.operation) && n.rank > 0)) continue;
      costs all = passes_on ? fold_cost[i] : costs{};
      for (int e = n.rank; e < n.iteration.rank; ++e) all[e] = e == sample_axis[i] ? 40 : 80;
      for (std::size_t k = 0; k < n.arity; ++k) {
        costs& of_operand = fold_cost[n.operand[k]];
        for (int e = 0; e < old(n.operand[k]).rank; ++e)
          if (all[n.map[k][e]] > of_operand[e]) of_operand[e] = all[n.map[k][e]];
      }
    }
  }

  /// 3. One node of the graph, in topological order.
  constexpr void take(int i) {
    node n = old(i);
    if (op::is_leaf(n.operation)) {
      append(i, n);
      storage& s = place(renumbered[i]).at;
      if (n.is(code<op::argument>)) s = d.argument_storage[n.attribute[0]];
      else s = {.where = memory::literal};
      return;
    }
    if (can_be_delayed(i)) {  // cheap and fed by leaves: computed where it is first needed
      delayed[i] = 1;
      return;
    }
    for (std::size_t k = 0; k < n.arity; ++k) ensure(n.operand[k]);
    renumber_operands(n);
    if (n.rank == 0 && op::is_elementwise(n.operation)) {
      if (try_join(i, n)) return;
      scalar_kernel(i, n);
    } else if (n.is(code<op::contract>) && is_matrix_product(n)) {
      contract_kernel(i, n);
    } else if (op::is_elementwise(n.operation) || op::is_reduction(n.operation)) {
      if (try_join(i, n)) return;
      if (n.iteration.rank <= 2 && n.iteration.rank > 0) rows_kernel(i, n);
      else alone(i, n, kernel_kind::generic);
    } else {
      alone(i, n, op::is_matrix(n.operation) ? kernel_kind::matrix : kernel_kind::generic);
    }
  }

  constexpr void follow_samples() {
    sample_axis.assign(g.nodes.size(), -1);
    after_samples.assign(g.nodes.size(), 0);
    folds_samples.assign(g.nodes.size(), 0);
    for (int i = 0; i < g.size(); ++i) trace_samples(i, old(i));
  }

  /// Which iteration dimension is the sample axis, and whether the node sums over it.
  constexpr void trace_samples(int i, node const& n) {
    int dimension = -1;
    bool after = false;
    if (n.is(code<op::argument>) && is_per_sample(g.arguments[n.attribute[0]])) dimension = 0;
    bool const moves = op::reads_whole(n.operation);
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (sample_axis[o] >= 0 && sample_axis[o] < old(o).rank)
        dimension = moves ? sample_axis[o] : n.map[k][sample_axis[o]];
      after = after || after_samples[o] != 0;
    }
    sample_axis[i] = dimension;
    bool const folds = dimension >= n.rank;
    if (folds && op::is_reduction(n.operation) && !n.is(code<op::sum>))
      d.fault = plan_fault::extremum_over_samples;
    if (dimension >= 0 && after)
      d.fault = plan_fault::feedback;
        after_samples[i] = after || folds ? 1 : 0;
    folds_samples[i] = folds ? 1 : 0;
  }

  constexpr int append(int i, node const& n) {
    renumbered[i] = add(n);
    placement& p = place(renumbered[i]);
    p.over_samples = folds_samples[i] != 0;
    p.after_samples = after_samples[i] != 0;
    return renumbered[i];
  }
  constexpr int add(node const& n) {
    d.nodes.push_back(n);
    d.placements.push_back({});
    return static_cast<int>(d.nodes.size()) - 1;
  }
  constexpr void renumber_operands(node& n) const {
    for (std::size_t k = 0; k < n.arity; ++k) n.operand[k] = renumbered[n.operand[k]];
  }

  constexpr bool can_be_delayed(int i) const {
    node const& n = old(i);
    if (is_root[i] != 0 || !op::is_elementwise(n.operation) || n.rank == 0) return false;
    opcode const c = n.operation;
    bool const cheap = c == code<op::add> || c == code<op::sub> || c == code<op::mul> ||
                       c == code<op::neg> || c == code<op::equal> || c == code<op::not_equal> ||
                       c == code<op::where>;
    if (!cheap) return false;
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (!op::is_leaf(old(o).operation) && delayed[o] == 0) return false;
    }
    return true;
  }

  /// Places delayed operands that `i` needs: into a kernel of their own if `i` cannot take them in.
  /// The nodes of `i` itself decide that in `pull`, so here they are only numbered.
  constexpr void ensure(int i) {
    if (delayed[i] == 0 || renumbered[i] >= 0) return;
    node n = old(i);
    for (std::size_t k = 0; k < n.arity; ++k) ensure(n.operand[k]);
    renumber_operands(n);
    int const made = append(i, n);
    repeatable.resize(d.nodes.size(), 0);
    repeatable[made] = 1;
  }

  struct again {
    int source, kernel, copy;
  };

  // --- kernels ---------------------------------------------------------------------------------

  constexpr int fresh(kernel_kind kind, int main) {
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

  /// Lane dimension that the result of a placed node has in memory.
  constexpr void settle(int made, int lane) {
    node const& n = now(made);
    place(made).at = packed(n.result_shape(), lane, d.width, memory::none);
  }

  constexpr void alone(int i, node const& n, kernel_kind kind) {
    int const made = append(i, n);
    for (std::size_t k = 0; k < n.arity; ++k) {
      int o = n.operand[k];
      settle_delayed(o);
      d.nodes[made].operand[k] = o;
    }
    int const k = fresh(kind, made);
    join(made, k, role::main, axis_map::identity(n.iteration.rank));
    settle(made, wanted_lane[i] >= 0 ? wanted_lane[i]
                                         : natural_lane(n.result_shape(), d.width));
  }

  /// Whether a node is cheap enough to be computed again in every kernel that reads it.
  constexpr bool is_delayed(int made) const {
    return made < static_cast<int>(repeatable.size()) && repeatable[made] != 0;
  }

  /// A delayed node that its reader cannot compute itself gets a kernel of its own. `made` is
  /// replaced by the node that is in memory.
  constexpr void settle_delayed(int& made) {
    if (!is_delayed(made)) return;
    if (place(made).kernel >= 0) {
      if (kernel_of(place(made).kernel).kind == kernel_kind::generic) return;
      for (again const& a : repeated)
        if (a.source == made && a.kernel < 0) {
          made = a.copy;
          return;
        }
      made = repeat(made, -1);
    }
    for (std::size_t k = 0; k < now(made).arity; ++k) {
      int o = now(made).operand[k];
      settle_delayed(o);
      d.nodes[made].operand[k] = o;
    }
    int const k = fresh(kernel_kind::generic, made);
    join(made, k, role::main, axis_map::identity(now(made).iteration.rank));
    settle(made, natural_lane(now(made).result_shape(), d.width));
  }

  constexpr int repeat(int source, int k) {
    int const copy = add(now(source));
    repeatable.resize(d.nodes.size(), 0);
    repeatable[copy] = 1;
    repeated.push_back({source, k, copy});
    return copy;
  }

  /// Takes the delayed operands of a node into its kernel. A delayed node has the dimensions of its
  /// reader or fewer; it needs the lane dimension to live in registers there.
  constexpr void pull(int made, int k) {
    for (std::size_t j = 0; j < now(made).arity; ++j) {
      int o = now(made).operand[j];
      if (!is_delayed(o)) continue;
      int const rank = now(o).rank;
      axis_map const dims = place(made).place.after(now(made).map[j], rank);
      bool has_lane = false;
      bool has_row = false;
      for (int e = 0; e < rank; ++e) {
        has_lane = has_lane || dims[e] == 1;
        has_row = has_row || dims[e] == 0;
      }
      role const reader = place(made).part;
      bool const at_end = reader == role::post && kernel_of(k).kind == kernel_kind::contract;
      // in this kernel already, along the same dimensions and at the same time
      auto fits = [&](int candidate) {
        placement const& p = place(candidate);
        return p.kernel == k && p.place == dims && (p.part == role::post) == at_end;
      };
      if (fits(o)) continue;
      if (!has_lane || (reader == role::post && !at_end) || reader == role::main) {
        settle_delayed(o);
        d.nodes[made].operand[j] = o;
        continue;
      }
      if (place(o).kernel >= 0) {
        int const source = o;
        o = -1;
        for (again const& a : repeated)
          if (a.source == source && fits(a.copy)) o = a.copy;
        bool const known = o >= 0;
        if (!known) o = repeat(source, k);
        d.nodes[made].operand[j] = o;
        if (known) continue;
      }
      bool const every_element = has_row || kernel_of(k).kind == kernel_kind::contract;
      placement& p = place(o);
      p.place = dims;
      p.kernel = k;
      p.part = at_end ? role::post : every_element ? role::element : role::lane;
      role const part = p.part;
      pull(o, k);
      join(o, k, part, dims);
      settle(o, lane_dimension(dims, rank));
    }
  }

  static constexpr int lane_dimension(axis_map dims, int rank) {
    for (int e = 0; e < rank; ++e)
      if (dims[e] == 1) return e;
    return rank - 1;
  }

  constexpr void scalar_kernel(int i, node const& n) {
    int const made = append(i, n);
    stage const when = place(made).after_samples ? stage::last_tile : stage::every_tile;
    // consecutive scalars share straight-line code, up to a size beyond which compilers slow down
    constexpr int most = 64;
    int k = static_cast<int>(d.kernels.size()) - 1;
    if (k < 0 || kernel_of(k).kind != kernel_kind::scalars || kernel_of(k).when != when ||
        scalars_in_kernel >= most) {
      k = fresh(kernel_kind::scalars, made);
      scalars_in_kernel = 0;
    }
    ++scalars_in_kernel;
    join(made, k, role::main, {});
    settle(made, -1);
  }

  // --- matrix products -------------------------------------------------------------------------

  constexpr bool is_matrix_product(node const& n) const {
    if (n.rank < 1 || n.rank > 2 || n.reduced() != 1) return false;
    std::array<std::uint32_t, 2> seen{};
    for (std::size_t k = 0; k < 2; ++k)
      for (int e = 0; e < now(n.operand[k]).rank; ++e) seen[k] |= 1u << n.map[k][e];
    std::uint32_t const outputs = (1u << n.rank) - 1;
    bool const shared_depth = (seen[0] & seen[1]) == 1u << n.rank;
    // rows and columns come from one operand each: a vector times slices of a tensor is none
    bool const one_has_both =
        n.rank == 2 && ((seen[0] & outputs) == outputs || (seen[1] & outputs) == outputs);
    return shared_depth && !one_has_both && ((seen[0] ^ seen[1]) & outputs) == outputs;
  }

  /// The dimension of an operand that runs along iteration dimension `e`; -1 if none.
  constexpr int operand_dimension(node const& n, std::size_t k, int e) const {
    for (int j = 0; j < now(n.operand[k]).rank; ++j)
      if (n.map[k][j] == e) return j;
    return -1;
  }

  constexpr void contract_kernel(int i, node n) {
    // which output dimension runs along the lanes: little padding, what follows wants it, and the
    // operand that is read in packs lies that way already
    for (std::size_t k = 0; k < 2; ++k) settle_delayed(n.operand[k]);
    int best = -1;
    int best_cost = 0;
    for (int e = n.rank - 1; e >= 0; --e) {
      std::size_t const k = operand_dimension(n, 0, e) >= 0 ? 0 : 1;
      int cost = padding_cost(n.extent(e), d.width);
      if (place(n.operand[k]).at.lane != operand_dimension(n, k, e)) cost += 30;
      if (wanted_lane[i] >= 0 && wanted_lane[i] != e) cost += 100;
      if (e < n.rank) cost += fold_cost[i][e];
      if (best < 0 || cost < best_cost) {
        best = e;
        best_cost = cost;
      }
    }
    std::size_t const vector = operand_dimension(n, 0, best) >= 0 ? 0 : 1;
    int const along = operand_dimension(n, vector, best);
    if (place(n.operand[vector]).at.lane != along) {
      axis_map const map = n.map[vector];
      n.operand[vector] = copied(n.operand[vector], along);
      n.map[vector] = map;
    }
    int const made = append(i, n);
    int const id = fresh(kernel_kind::contract, made);
    kernel& k = kernel_of(id);
    k.vector_operand = static_cast<int>(vector);
    axis_map dims;
    dims.set(best, 1);
    if (n.rank == 2) dims.set(1 - best, 0);
    dims.set(n.rank, 2);
    k.extent = {n.rank == 2 ? n.extent(1 - best) : 1, n.extent(best), n.extent(n.rank)};
    join(made, id, role::main, dims);
    settle(made, best);
  }

  /// A copy of a stored node with another lane dimension; one per node and lane.
  constexpr int copied(int source, int lane) {
    for (int c : copies)
      if (now(c).operand[0] == source && place(c).at.lane == lane) return c;
    node n;
    n.operation = code<op::view>;
    n.arity = 1;
    n.rank = now(source).rank;
    n.iteration = now(source).result_shape();
    n.operand[0] = source;
    n.map[0] = axis_map::identity(n.rank);
    int const made = add(n);
    place(made).after_samples = place(source).after_samples;
    int const k = fresh(n.rank == 2 ? kernel_kind::copy : kernel_kind::generic, made);
    join(made, k, role::main, axis_map::identity(n.rank));
    settle(made, lane);
    copies.push_back(made);
    return made;
  }

  // --- joining ---------------------------------------------------------------------------------

  constexpr bool try_join(int i, node const& n) {
    int k = -1;
    for (std::size_t j = 0; j < n.arity; ++j)
      if (!is_delayed(n.operand[j]) && place(n.operand[j]).kernel > k)
        k = place(n.operand[j]).kernel;
    if (k < 0 || !may_update_in(i, k) || n.iteration.rank > 2) return false;
    kernel const& q = kernel_of(k);
    if (q.kind == kernel_kind::contract) return join_contract(i, n, k);
    if (q.kind == kernel_kind::rows) return join_rows(i, n, k);
    return false;
  }

  /// Kernel dimensions of the node's iteration dimensions, from operands inside the kernel; 15
  /// where they do not say.
  constexpr axis_map inherited_dimensions(node const& n, int k) {
    axis_map dims{0xFFFFFFFFu};
    for (std::size_t j = 0; j < n.arity; ++j) {
      placement const& p = place(n.operand[j]);
      if (p.kernel != k) continue;
      for (int e = 0; e < now(n.operand[j]).rank; ++e) dims.set(n.map[j][e], p.place[e]);
    }
    return dims;
  }

  /// In a program that runs tile by tile, what is final in the last tile only must not be computed
  /// among what every tile computes.
  constexpr bool same_stage(int i, int k, bool at_end) {
    bool const late = after_samples[i] != 0 && folds_samples[i] == 0;
    if (kernel_of(k).when == stage::last_tile) return true;
    return !late || at_end;
  }

  /// An update must not run before the loss has been checked, so not in the kernel that computes
  /// the loss nor in one that it needs; those have lower numbers. Likewise for counters.
  constexpr bool may_update_in(int i, int k) {
    int checked = -1;
    bool updates = false;
    for (root const& r : d.roots) {
      if (is_checked(r.kind)) {
        int const in = renumbered[r.node] < 0 ? static_cast<int>(d.kernels.size())
                                              : place(renumbered[r.node]).kernel;
        if (in > checked) checked = in;
      }
      updates = updates || (r.kind == root_kind::update && r.node == i);
    }
    return !updates || k > checked;
  }

  constexpr bool join_contract(int i, node const& n, int k) {
    kernel& q = kernel_of(k);
    node const main = now(q.main);
    bool const accumulated = place(q.main).over_samples;
    bool inner = true;
    bool end = true;
    for (std::size_t j = 0; j < n.arity; ++j) {
      placement const& p = place(n.operand[j]);
      if (p.kernel != k) continue;
      bool const at_end = p.part == role::column_sum || p.part == role::post;
      inner = inner && !at_end;
      end = end && at_end;
    }
    axis_map dims = inherited_dimensions(n, k);
    if (end && op::is_elementwise(n.operation) && n.rank == 1 && dims[0] == 1) {
      if (!same_stage(i, k, true)) return false;
      enter(i, n, k, role::post, dims);
      return true;
    }
    if (!inner) return false;
    // every dimension of an element is known from main; a matrix-vector product has no rows
    for (int e = 0; e < n.iteration.rank; ++e)
      if (dims[e] == 15) return false;
    if (op::is_elementwise(n.operation) && n.rank == main.rank) {
      if (!same_stage(i, k, accumulated)) return false;
      enter(i, n, k, role::element, dims);
      absorb_start(k);
      return true;
    }
    if (n.is(code<op::sum>) && n.rank == 1 && n.reduced() == 1 && dims[0] == 1 && dims[1] == 0 &&
        !accumulated) {
      if (!same_stage(i, k, false)) return false;
      enter(i, n, k, role::column_sum, dims);
      return true;
    }
    return false;
  }

  /// main + bias: the accumulators start from the bias, if nothing else reads main.
  constexpr void absorb_start(int k) {
    kernel& q = kernel_of(k);
    int const last = static_cast<int>(d.nodes.size()) - 1;
    node const& n = now(last);
    if (q.start >= 0 || !n.is(code<op::add>) || place(q.main).over_samples) return;
    int const other = n.operand[0] == q.main ? n.operand[1] : n.operand[0];
    if (n.operand[0] != q.main && n.operand[1] != q.main) return;
    if (other == q.main || !now(other).is(code<op::argument>) || now(other).rank != 1) return;
    int readers = 0;
    for (int i = 0; i < g.size(); ++i)
      if (renumbered[i] == q.main) readers = uses[i] + is_root[i];
    if (readers != 1) return;
    q.start = last;
    place(last).part = role::start;
  }

  constexpr void enter(int i, node const& n, int k, role part, axis_map dims) {
    int const made = append(i, n);
    placement& p = place(made);
    p.kernel = k;
    p.place = dims;
    p.part = part;
    pull(made, k);
    join(made, k, part, dims);
    settle(made, lane_dimension(dims, n.rank));
  }

  constexpr bool join_rows(int i, node const& n, int k) {
    kernel& q = kernel_of(k);
    bool at_end = false;
    bool all_at_end = true;
    for (std::size_t j = 0; j < n.arity; ++j) {
      placement const& p = place(n.operand[j]);
      if (p.kernel != k) continue;
      bool const here = p.part == role::lane_fold || p.part == role::post;
      at_end = at_end || here;
      all_at_end = all_at_end && here;
    }
    axis_map dims = inherited_dimensions(n, k);
    std::array<int, 3> extent = q.extent;
    if (!match_free_dimensions(n, q, dims, extent)) return false;
    bool has_lane = false;
    bool folds_lane = false;
    bool has_row = false;
    bool folds_row = false;
    for (int e = 0; e < n.iteration.rank; ++e) {
      if (dims[e] == 1) (e < n.rank ? has_lane : folds_lane) = true;
      if (dims[e] == 0) (e < n.rank ? has_row : folds_row) = true;
    }
    if (at_end) {
      if (!all_at_end || has_lane || folds_lane || folds_row ||
          !op::is_elementwise(n.operation) || !same_stage(i, k, true))
        return false;
      enter(i, n, k, role::post, dims);
      return true;
    }
    if (!same_stage(i, k, false)) return false;
    role part = role::element;
    if (op::is_reduction(n.operation)) {
      if (folds_lane) part = role::lane_fold;
      else if (folds_row && has_lane) part = role::row_fold;
      else return false;
    } else {
      if (!has_lane) return false;
      part = has_row ? role::element : role::lane;
    }
    kernel_of(k).extent = extent;
    enter(i, n, k, part, dims);
    return true;
  }

  /// Assigns the node's dimensions that no operand inside the kernel fixed. The kernel may grow
  /// rows if it has none yet.
  constexpr bool match_free_dimensions(node const& n, kernel const& q, axis_map& dims,
                                       std::array<int, 3>& extent) const {
    for (int e = 0; e < n.iteration.rank; ++e) {
      if (dims[e] != 15) continue;
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

  constexpr void rows_kernel(int i, node const& n) {
    int best = -1;
    int best_cost = 0;
    for (int e = n.iteration.rank - 1; e >= 0; --e) {
      int cost = padding_cost(n.extent(e), d.width) + (e >= n.rank ? 20 : 0);
      for (std::size_t k = 0; k < n.arity; ++k) {
        placement const& o = place(n.operand[k]);
        bool const computed_here = o.at.where == memory::literal || is_delayed(n.operand[k]);
        int const along = operand_dimension(n, k, e);
        if (along >= 0 && !computed_here && o.at.lane != along) cost += 60;
      }
      if (wanted_lane[i] >= 0 && wanted_lane[i] != e) cost += 100;
      if (e < n.rank) cost += fold_cost[i][e];
      if (best < 0 || cost < best_cost) {
        best = e;
        best_cost = cost;
      }
    }
    axis_map dims;
    for (int e = 0; e < n.iteration.rank; ++e) dims.set(e, e == best ? 1 : 0);
    bool const reduces = op::is_reduction(n.operation);
    role part = role::lane;
    if (reduces) part = best >= n.rank ? role::lane_fold : role::row_fold;
    else if (n.rank == 2) part = role::element;
    int const made = append(i, n);
    int const k = fresh(kernel_kind::rows, made);
    for (int e = 0; e < n.iteration.rank; ++e)
      kernel_of(k).extent[static_cast<std::size_t>(dims[e])] = n.extent(e);
    placement& p = place(made);
    p.kernel = k;
    p.part = part;
    p.place = dims;
    pull(made, k);
    join(made, k, part, dims);
    settle(made, lane_dimension(dims, n.rank));
  }

  // --- the end ---------------------------------------------------------------------------------

  /// Members in the order in which they were placed, kernel by kernel; phases of row kernels.
  constexpr void collect_members() {
    for (int m : order) ++kernel_of(place(m).kernel).count;
    int total = 0;
    for (kernel& k : d.kernels) {
      k.first = total;
      total += k.count;
      k.count = 0;
    }
    d.members.assign(static_cast<std::size_t>(total), 0);
    for (int m : order) {
      placement& p = place(m);
      kernel& k = kernel_of(p.kernel);
      p.local = k.count++;
      d.members[k.first + p.local] = m;
      for (std::size_t j = 0; j < now(m).arity; ++j) {
        placement const& o = place(now(m).operand[j]);
        if (o.kernel != p.kernel) continue;
        int const phase = o.phase + (o.part == role::row_fold ? 1 : 0);
        if (phase > p.phase) p.phase = phase;
      }
      if (p.phase + 1 > k.phases) k.phases = p.phase + 1;
    }
  }

  graph g;
  draft d;
  list<int> state_places;
  int scalars_in_kernel = 0;
  list<int> uses, renumbered, sample_axis, wanted_lane, copies, order;
  using costs = small_array<int, max_dimensions>;
  list<costs> fold_cost;  // of laying a dimension of a node along the lanes
  list<char> is_root, delayed, after_samples, folds_samples, repeatable;
  list<again> repeated;
};

}  // namespace detail

/// Decides which nodes are computed together, in which loops, and along which dimension the packs
/// run. `lanes` and `width` are the elements of a pack and of a storage panel. Preserves every
/// value. Cost: near-linear in nodes; members of one kernel are ordered by their operands.
/// `state_places`: for a program that reads the model of another one, where each argument lies in
/// that model's state; empty: a state of its own.
constexpr draft fuse(graph const& g, std::vector<root> const& roots, int lanes, int width,
                     std::vector<int> const& state_places = {}) {
  return detail::fuser(g, roots, lanes, width, state_places).run();
}

}  // namespace ramp::pass
