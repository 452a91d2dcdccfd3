// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/pass/batch.hpp>
#include <ramp/pass/reverse.hpp>
#include <ramp/pass/trap_rule.hpp>

namespace ramp::pass {

/// A function that a program computes or differentiates, and the policy of that.
struct trapped_function {
  int root = -1;
  kink_policy policy;
};

/// A place where a program may hit a kink or leave the domain of an operation.
struct trap_site {
  int place = -1;  // the node of the operation
  trap_kind kind{};
  bool stops = false;
  int uses = 0;    // readers of the operation among what is not a derivative
  int count = -1;  // the node that counts the elements which hit it
  friend constexpr bool operator==(trap_site const&, trap_site const&) = default;
};

namespace detail {

/// The search of `find_traps`. A template, so that only programs with a trap pay for its tables:
/// what does not depend on a parameter would be made for all.
template <class Graph, class Operations = op::table>
class trap_finder {
 public:
  constexpr trap_finder(Graph& owner, list<char> const& derived, list<batch_sum> const& sums)
      : g(owner), original(owner.size()), derived_(derived), sums_(sums) {}

  constexpr void search(list<trapped_function> const& functions) {
    count_uses(functions);
    list<kink_policy> searched;
    for (trapped_function const& f : functions) {
      bool known = false;
      for (kink_policy const& p : searched) known = known || p == f.policy;
      if (known) continue;
      searched.push_back(f.policy);
      for (trap_kind kind : {trap_kind::kink, trap_kind::domain})
        sweep(kind, f.policy, functions);
    }
  }

  constexpr list<trap_site> sites() {
    list<trap_site> all;
    for (found const& f : found_) {
      int const count = ir::materialized(ir::reduce_to<op::sum>(f.hit, {}, 0));
      if (g.is_constant(count, 0.0)) continue;
      int const uses = uses_[f.place] > 0 ? uses_[f.place] : 1;
      all.push_back({f.place, f.kind, f.policy.rule == kink_rule::trap_and_stop, uses, count});
      // in the order in which they were written, a kink before a domain
      for (std::size_t j = all.size() - 1; j > 0 && all[j].place < all[j - 1].place; --j)
        std::swap(all[j], all[j - 1]);
    }
    return all;
  }

 private:
  struct found {
    int place;
    trap_kind kind;
    kink_policy policy;
    value hit;
  };

  static constexpr auto kink_rules = make_trap_rules<kink_rule_of>(Operations{});
  static constexpr auto domain_rules = make_trap_rules<domain_rule_of>(Operations{});

  /// Nodes that derivatives are made of belong to no function of the user. What they were made from
  /// does, and is among the functions.
  constexpr bool is_derived(int i) const {
    return i < static_cast<int>(derived_.size()) && derived_[i] != 0;
  }
  /// The node behind an argument that stands for a sum over the batch, else -1.
  constexpr int summed(node const& n) const {
    if (n.is(code<op::argument>))
      for (batch_sum const& s : sums_)
        if (s.argument == n.attribute[0]) return s.node;
    return -1;
  }

  constexpr void count_uses(list<trapped_function> const& functions) {
    uses_.assign(g.nodes.size(), 0);
    list<char> reached(g.nodes.size(), 0);
    for (trapped_function const& f : functions) reached[f.root] = 1;
    for (int i = original - 1; i >= 0; --i) {
      if (reached[i] == 0 || is_derived(i)) continue;
      node const& n = g[i];
      auto use = [&](int o) {
        ++uses_[o];
        reached[o] = 1;
      };
      if (int const o = summed(n); o >= 0) use(o);
      for (std::size_t k = 0; k < n.arity; ++k) use(n.operand[k]);
    }
  }

  /// Finds what one kind of trap is to look at under one policy, and when: not in a branch that a
  /// `where` has not taken. A kink matters where a derivative could flow, so not in a condition.
  constexpr void sweep(trap_kind kind, kink_policy outer,
                       list<trapped_function> const& functions) {
    live_.assign(static_cast<std::size_t>(original), {});
    for (trapped_function const& f : functions)
      if (f.policy == outer) live_[f.root].always = true;
    for (int i = original - 1; i >= 0; --i) {
      if (!(live_[i].always || live_[i].condition >= 0) || is_derived(i)) continue;
      node const n = g[i];
      // a cut of the graph: the condition of a sum over samples is none of a single sample
      if (int const o = summed(n); o >= 0) live_[o].always = true;
      look_at(kind, n, i, n.policy.or_else(outer));
      for (std::size_t k = 0; k < n.arity; ++k)
        if (kind == trap_kind::domain || has_derivative(n, k)) pass_on(n, i, k);
    }
  }

  /// Whether the rule of an operation has a derivative by its k-th operand: asked of the rule.
  constexpr bool has_derivative(node const& n, std::size_t k) {
    if (!op::is_elementwise(n.operation)) return true;
    if (n.is(code<op::defined>)) return (n.attribute[0] > 0) == (k > 0);
    auto const at = static_cast<std::size_t>(n.operation) * ir::max_operands + k;
    if (known_[at] != 0) return known_[at] == 1;
    graph scratch;
    node scalar;
    scalar.operation = n.operation;
    scalar.arity = n.arity;
    for (std::size_t j = 0; j < n.arity; ++j) {
      scratch.arguments.push_back({});
      scalar.operand[j] = scratch.argument_node(static_cast<int>(j));
    }
    int const made = scratch.intern(scalar);
    rule r(scratch, scalar, made, standard_policy::value);
    r.k = static_cast<int>(k);
    r.g = r.constant(1.0);
    known_[at] = apply_rule(r).absent() ? 2 : 1;
    return known_[at] == 1;
  }

  constexpr void look_at(trap_kind kind, node const& n, int i, kink_policy policy) {
    if (!policy.is_trap()) return;
    trap_rule const r(g, n, i, policy);
    auto const& rules = kind == trap_kind::kink ? kink_rules : domain_rules;
    value hit = rules.at[static_cast<int>(n.operation)](r);
    if (hit.absent()) return;
    bool const of_matrices = op::is_matrix(n.operation);  // then one hit for each
    shape const places = of_matrices ? ir::batch_shape(n) : n.result_shape();
    hit.space = places;
    if (!live_[i].always) {
      int const live = live_[i].condition;
      hit = hit.combine<op::logical_and>(
          0.0, of_matrices ? live_batch(g, n, live)
                           : seen_from(g, live, axis_map::identity(n.rank), places));
      hit.space = places;
    }
    for (found& f : found_) {
      if (f.place != i || f.kind != kind || !(f.policy == policy)) continue;
      f.hit = f.hit.template combine<op::logical_or>(0.0, hit);
      f.hit.space = hit.space;
      return;
    }
    found_.push_back({i, kind, policy, hit});
  }

  /// The operand is live where its reader is and does not leave it aside.
  constexpr void pass_on(node const& n, int i, std::size_t k) {
    liveness const mine = live_[i];
    int const o = n.operand[k];
    if (live_[o].always) return;
    rule r(g, n, i, standard_policy::value);
    r.k = static_cast<int>(k);
    value condition;
    if (!mine.always)
      condition = seen_from(g, mine.condition, axis_map::identity(n.rank), n.iteration);
    if (n.is(code<op::where>) && k > 0) {
      value const taken = k == 1 ? r.apply<op::not_equal>(r.x[0], r.constant(0.0))
                                 : r.apply<op::equal>(r.x[0], r.constant(0.0));
      condition = condition.absent() ? taken : r.apply<op::logical_and>(condition, taken);
    }
    if (!condition.absent() && moves_elements(n.operation)) {
      r.g = ir::value{&g, condition.index, condition.map, n.result_shape()};
      condition = apply_rule(r);  // the condition moves as an adjoint does
    } else if (!condition.absent() && op::is_matrix(n.operation)) {
      int const rank = g[o].rank;
      int const operand = static_cast<int>(k);
      condition = ir::reduce_to<op::reduce_max>(live_matrices(g, n, mine.condition, operand),
                                                ir::matrix_map(n, operand, rank), rank);
    } else if (!condition.absent()) {
      condition.space = n.iteration;
      condition = ir::reduce_to<op::reduce_max>(condition, n.map[k], g[o].rank);
    }
    if (condition.absent()) {
      live_[o].always = true;
      return;
    }
    condition.space = g[o].result_shape();
    if (int const other = live_[o].condition; other >= 0) {
      condition = seen_from(g, other, axis_map::identity(g[o].rank), condition.space)
                      .template combine<op::logical_or>(0.0, condition);
      condition.space = g[o].result_shape();
    }
    live_[o].condition = ir::materialized(condition);
  }

  Graph& g;
  int original;  // nodes that were there before the search added its own
  list<char> const& derived_;
  list<batch_sum> const& sums_;
  list<int> uses_;
  list<liveness> live_;
  list<found> found_;
  // of each operation and operand: 1 it has a derivative, 2 it has none, 0 not asked yet
  list<char> known_ = list<char>(std::size_t{op::table::size} * ir::max_operands, 0);
};

}  // namespace detail

/// Adds to a graph, for every operation of the given functions that has a kink or a domain and
/// whose policy is `trap`, a node that counts how many of its elements are at the kink, or outside
/// of the domain. The policy of a use wins over that of the function, as in derivatives.
/// `derived[i]`: node i was made by differentiation, not written. `sums`: the cuts of `batch`.
/// Changes no node. Cost: that of about three sweeps of differentiation.
template <class Graph>
constexpr list<trap_site> find_traps(Graph& g,
                                     list<trapped_function> const& functions,
                                     list<char> const& derived = {},
                                     list<batch_sum> const& sums = {}) {
  detail::trap_finder<Graph> finder(g, derived, sums);
  finder.search(functions);
  return finder.sites();
}

}  // namespace ramp::pass
