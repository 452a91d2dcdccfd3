// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/list.hpp>
#include <ramp/pass/forward.hpp>
#include <ramp/pass/reverse.hpp>

// Derivatives along directions, which decide at kinks: the forward sweep finds the side to which
// each operand of a kinked operation leaves its kink, and a reverse sweep along the same tangents
// (pass/reverse.hpp) takes the slopes of those sides.
//
// With one direction v, the root moves by its one-sided derivative f'(x; v), and the gradient g has
// g.v = f'(x; v). Sources: S. Kakade, J. Lee, "Provably correct automatic subdifferentiation for
// qualified programs", 2018, which draws v at random; with more directions in a fixed order,
// K. Khan, P. Barton, "A vector forward mode of automatic differentiation for generalized
// derivative evaluation", 2015, after the lexicographic derivatives of Y. Nesterov, 2005.

namespace ramp::pass {
namespace detail {

/// Which nodes are needed to compute `root`.
constexpr list<char> leads_to(graph const& g, int root) {
  list<char> needed(g.nodes.size(), 0);
  needed[root] = 1;
  for (int i = root; i >= 0; --i)
    for (std::size_t k = 0; needed[i] != 0 && k < g[i].arity; ++k) needed[g[i].operand[k]] = 1;
  return needed;
}

}  // namespace detail

/// How the nodes between `wrt` and `root` move along each of some directions: along direction d,
/// node `wrt[j]` moves by node `directions[d][j]`, of the same shape or a scalar; not at all where
/// that is -1. Where an operand of a kinked operation is on the kink, it counts as on the side to
/// which the first direction that moves it does; where none does, `policy` chooses. Adds nodes to
/// `g` and changes none. Cost: that of `forward` for each direction.
constexpr tangents forward_along(graph& g, int root, list<int> const& wrt,
                                 list<list<int>> const& directions,
                                 kink_policy policy) {
  int const original = g.size();
  list<char> const depends = detail::depends_on(g, wrt);
  list<char> const needed = detail::leads_to(g, root);
  tangents along;
  for (auto const& direction : directions) {
    list<int> moved(static_cast<std::size_t>(original), -1);
    for (std::size_t j = 0; j < wrt.size(); ++j) moved[wrt[j]] = direction[j];
    along.at.push_back(moved);
  }
  list<char> given(static_cast<std::size_t>(original), 0);
  for (int w : wrt) given[w] = 1;
  // node by node: at a kink, a node's operands have to know all directions
  for (int i = 0; i <= root; ++i) {
    if (depends[i] == 0 || needed[i] == 0 || given[i] != 0) continue;
    for (std::size_t d = 0; d < directions.size(); ++d)
      along.at[d][i] = detail::push_forward(g, i, along.at[d], policy, &along);
  }
  return along;
}

/// A node that counts the elements of kinked operations between `wrt` and `root` that are on a kink
/// which none of the directions has settled: nothing on the kink moves along any of them, or the
/// operation has a policy of its own. Where no derivative passes, a kink does not count.
/// Cost: that of a gradient, whose nodes are the same, and a few nodes for each kinked operation.
constexpr int unsettled_ties(graph& g, int root, list<int> const& wrt,
                             tangents const& along, kink_policy policy) {
  list<char> const depends = detail::depends_on(g, wrt);
  detail::reverse_sweep sweep(g, wrt, policy, &along);
  sweep.seed(root, g.constant(1.0));
  sweep.run();
  list<int> ties;
  for (int i = 0; i <= root; ++i) {
    node const n = g[i];
    if (depends[i] == 0 || sweep.result(i) < 0 || !op::facts_of(n.operation).kinked) continue;
    rule r(g, n, i, policy);
    r.along = &along;
    r.ties = &ties;
    r.g = r.constant(1.0);
    while (r.k < n.arity && depends[n.operand[r.k]] == 0) ++r.k;
    // the rule is asked about one operand: the kink is the same for all
    if (r.k < n.arity) detail::apply_rule(r);
  }
  value total{&g, g.constant(0.0), {}, {}};
  for (int t : ties) total = total + ir::reduce_to<op::sum>(ir::value_of(g, t), {}, 0);
  return total.index;
}

}  // namespace ramp::pass
