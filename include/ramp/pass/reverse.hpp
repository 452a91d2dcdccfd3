// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/list.hpp>
#include <ramp/pass/differentiate.hpp>

namespace ramp::pass {
namespace detail {

/// The condition under which a node's value can reach the root. A `where` has no use for its branch
/// not taken; there the adjoint is absent. A zero in its place would not do: the derivative of what
/// leads to the branch may be infinite, and 0 * infinity is NaN. So the condition travels with the
/// adjoint and every product is selected by it.
struct liveness {
  bool always = false;  // some use is unconditional
  int condition = -1;   // else a node of the adjoint's shape: 1 where live
};

/// The value of node `i`, whatever has fewer dimensions repeated over `space`.
constexpr value seen_from(graph& g, int i, axis_map map, shape const& space) {
  return {&g, i, g[i].rank == 0 ? axis_map{} : map, space};
}

/// The matrices of the batch of which an element of the result is live under `condition`.
constexpr value live_batch(graph& g, node const& n, int condition) {
  int const rank = ir::batch_rank(n);
  return ir::reduce_to<op::reduce_max>(
      seen_from(g, condition, axis_map::identity(n.rank), n.result_shape()),
      axis_map::identity(rank), rank);
}

/// Where operand k of a matrix operation is live then: an element of the result depends on all
/// elements of its matrices.
constexpr value live_matrices(graph& g, node const& n, int condition, int k) {
  return ir::widened(live_batch(g, n, condition), ir::matrix_shape(n, k));
}

class reverse_sweep {
 public:
  constexpr reverse_sweep(graph& owner, list<int> const& wrt, kink_policy policy,
                          tangents const* directions)
      : g(owner),
        outer(policy),
        along(directions),
        depends(depends_on(owner, wrt)),
        adjoint(owner.nodes.size(), -1),
        live(owner.nodes.size(), liveness{}) {}

  constexpr void seed(int root, int adjoint_node) {
    add(root, seen_from(g, adjoint_node, axis_map::identity(g[root].rank), g[root].result_shape()));
    live[at(root)].always = true;
  }

  constexpr void run() {
    for (int i = static_cast<int>(adjoint.size()) - 1; i >= 0; --i)
      if (adjoint[at(i)] >= 0 && depends[at(i)] != 0) visit(i);
  }

  [[nodiscard]] constexpr int result(int i) const { return adjoint[at(i)]; }

 private:
  static constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

  constexpr void visit(int i) {
    node const n = g[i];
    if (has_matrix_rules(n.operation)) return visit_matrices(n, i);
    bool const moves = moves_elements(n.operation);
    liveness const mine = live[at(i)];
    rule r(g, n, i, outer);
    r.along = along;
    value const incoming = incoming_of(n, i);
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (depends[at(o)] == 0) continue;
      // what x gets from x * x is one term, 2 * x * g, so that it is not spread over a longer sum
      bool const twice = k == 0 && n.arity == 2 && !moves && n.operand[1] == o &&
                         n.map[1] == n.map[0];
      if (k == 1 && n.arity == 2 && !moves && n.operand[0] == o && n.map[1] == n.map[0]) continue;
      r.k = static_cast<int>(k);
      r.g = moves ? incoming : ir::widened(incoming, n.iteration);
      value part = apply_rule(r);
      if (twice) {
        r.k = 1;
        part = part + apply_rule(r);
      }
      if (part.absent()) continue;
      if (moves) {
        add(o, part);
        if (!mine.always) join(o, moved_condition(r, n, mine.condition));
        else live[at(o)].always = true;
        continue;
      }
      part.space = n.iteration;
      value condition = condition_of(r, n, mine);
      if (!mine.always && spoils_zero(n))
        part = condition.combine<op::where>(0.0, part, part.number(0.0));
      part.space = n.iteration;
      int const rank = g[o].rank;
      add(o, ir::reduce_to<op::sum>(part, n.map[k], rank));
      if (condition.absent()) live[at(o)].always = true;
      else join(o, ir::reduce_to<op::reduce_max>(condition, n.map[k], rank));
    }
  }

  constexpr void visit_matrices(node const& n, int i) {
    liveness const mine = live[at(i)];
    rule r = matrix_rule(g, n, i, outer);
    r.g = seen_from(g, adjoint[at(i)], axis_map::identity(n.rank), n.result_shape());
    for (int k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (depends[at(o)] == 0) continue;
      r.k = k;
      value part = apply_rule(r);
      if (part.absent()) continue;
      value condition;
      if (!mine.always) {
        condition = live_matrices(g, n, mine.condition, k);
        part.space = condition.space;
        part = condition.combine<op::where>(0.0, part, part.number(0.0));
      }
      part.space = r.x[k].space;
      int const rank = g[o].rank;
      axis_map const map = ir::matrix_map(n, k, rank);
      add(o, ir::reduce_to<op::sum>(part, map, rank));
      if (condition.absent()) live[at(o)].always = true;
      else join(o, ir::reduce_to<op::reduce_max>(condition, map, rank));
    }
  }

  /// The adjoint of node i. Where the rule's result will be selected by the same condition as the
  /// adjoint has been, the first selection is left out.
  constexpr value incoming_of(node const& n, int i) {
    shape const results = n.result_shape();
    int const whole = adjoint[at(i)];
    node const& w = g[whole];
    liveness const& mine = live[at(i)];
    if (!mine.always && spoils_zero(n) && !moves_elements(n.operation) && w.is(code<op::where>) &&
        w.rank == n.rank && w.map[0] == axis_map::identity(w.rank)) {
      node const& condition = g[mine.condition];
      bool const taken = w.operand[0] == mine.condition && g.is_constant(w.operand[2], 0.0);
      bool const untaken = condition.is(code<op::logical_not>) &&
                           condition.operand[0] == w.operand[0] &&
                           condition.map[0] == w.map[0] && g.is_constant(w.operand[1], 0.0);
      if (taken) return seen_from(g, w.operand[1], w.map[1], results);
      if (untaken) return seen_from(g, w.operand[2], w.map[2], results);
    }
    return seen_from(g, whole, axis_map::identity(n.rank), results);
  }

  /// When the k-th operand of `n` is live, in the iteration space; absent: always.
  constexpr value condition_of(rule const& r, node const& n, liveness mine) {
    value condition;
    if (!mine.always)
      condition = seen_from(g, mine.condition, axis_map::identity(n.rank), n.iteration);
    if (!n.is(code<op::where>)) return condition;
    value taken = r.k == 1 ? r.apply<op::not_equal>(r.x[0], r.constant(0.0))
                           : r.apply<op::equal>(r.x[0], r.constant(0.0));
    if (condition.absent()) return taken;
    return r.apply<op::logical_and>(condition, taken);
  }

  /// The same for operations that move elements: the condition moves like the adjoint.
  constexpr value moved_condition(rule r, node const& n, int condition) {
    r.g = seen_from(g, condition, axis_map::identity(n.rank), n.result_shape());
    return apply_rule(r);
  }

  /// Whether the rule multiplies the adjoint by something that may be infinite or NaN.
  static constexpr bool spoils_zero(node const& n) {
    return !n.is(code<op::add>) && !n.is(code<op::sub>) && !n.is(code<op::neg>) &&
           !n.is(code<op::sum>) && !n.is(code<op::view>) && !n.is(code<op::where>);
  }

  constexpr void add(int i, value const& part) {
    value whole = part;
    whole.space = g[i].result_shape();
    if (adjoint[at(i)] >= 0)
      whole = seen_from(g, adjoint[at(i)], axis_map::identity(g[i].rank), whole.space) + whole;
    whole.space = g[i].result_shape();
    adjoint[at(i)] = ir::materialized(whole);
  }

  constexpr void join(int i, value condition) {
    liveness& l = live[at(i)];
    if (l.always) return;
    condition.space = g[i].result_shape();
    if (l.condition >= 0) {
      value const other =
          seen_from(g, l.condition, axis_map::identity(g[i].rank), condition.space);
      condition = other.combine<op::logical_or>(0.0, condition);
      condition.space = g[i].result_shape();
    }
    l.condition = ir::materialized(condition);
  }

  graph& g;
  kink_policy outer;
  tangents const* along;
  list<char> depends;
  list<int> adjoint;
  list<liveness> live;
};

}  // namespace detail

/// Reverse mode (a vector-Jacobian product): roots[j] is weighted by node `seeds[j]`, of the same
/// shape or a scalar; returns the derivative of the weighted sum with respect to each of `wrt`, -1
/// where there is none. Adds nodes to `g` and changes none. Where an operation has a kink, the
/// directions `along` choose, if they are given, and where they do not, `policy`, unless the node
/// says otherwise. Cost: a few nodes for each node between wrt and roots.
constexpr list<int> reverse(graph& g, list<int> const& roots,
                            list<int> const& seeds, list<int> const& wrt,
                            kink_policy policy, tangents const* along = nullptr) {
  detail::reverse_sweep sweep(g, wrt, policy, along);
  for (std::size_t j = 0; j < roots.size(); ++j) sweep.seed(roots[j], seeds[j]);
  sweep.run();
  list<int> result;
  for (int w : wrt) result.push_back(sweep.result(w));
  return result;
}

}  // namespace ramp::pass
