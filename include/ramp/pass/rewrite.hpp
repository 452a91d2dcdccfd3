// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/rewrite_rules.hpp>

namespace ramp::pass {
namespace detail {

/// Whether some rule for sums is about an operand: about it, or about what it is a multiple of.
constexpr bool is_in_sum_rules(graph const& g, int i) {
  node const* n = &g[i];
  if (n->is(code<op::neg>)) n = &g[n->operand[0]];
  if (n->is(code<op::mul>) && g.is_constant(n->operand[1])) n = &g[n->operand[0]];
  opcode const c = n->operation;
  return c == code<op::relu> || c == code<op::abs> || c == code<op::max> || c == code<op::min> ||
         c == code<op::exp> || c == code<op::softplus> || c == code<op::sigmoid> ||
         c == code<op::erf> || c == code<op::erfc>;
}
constexpr bool is_in_product_rules(graph const& g, int i) {
  node const& n = g[i];
  return n.is(code<op::abs>) || n.is(code<op::log>) || g.is_constant(i, 0.5);
}

/// Most nodes are sums and products that no rule is about. One look at their operands spares them
/// the rules: constant evaluation is limited in steps.
constexpr bool may_be_rewritten(graph const& g, int i) {
  node const& n = g[i];
  if (n.is(code<op::add>) || n.is(code<op::sub>))
    return is_in_sum_rules(g, n.operand[0]) || is_in_sum_rules(g, n.operand[1]);
  if (n.is(code<op::mul>))
    return is_in_product_rules(g, n.operand[0]) || is_in_product_rules(g, n.operand[1]);
  return true;
}

}  // namespace detail

/// Inserts a node as `graph::insert` does, then rewrites it, so that common spellings of one
/// function are one graph and have one derivative at a kink. To be used before differentiation,
/// under every policy. Each rule is equal over the reals on the domain and no less accurate
/// anywhere; `rewrites::all` says where its IEEE result differs. Patterns that a rule has replaced
/// stay behind as dead code. Cost: O(1) expected; recursion is bounded by the length of a pattern.
constexpr int insert_rewritten(graph& g, node n) {
  int const made = g.insert(n);
  if (!detail::may_be_rewritten(g, made)) return made;
  opcode const head = g[made].operation;
  for (std::size_t i = rewrites::first_rule[static_cast<std::size_t>(head)];
       i < rewrites::rule_count && rewrites::all[i].head == head; ++i) {
    value result = rewrites::all[i].apply(ir::value_of(g, made));
    if (result.absent()) continue;
    result.space = g[made].result_shape();
    return ir::materialized(result);
  }
  return made;
}

namespace detail {

/// A graph node by node through `insert(graph&, node)`, and what became of each node.
template <class Insert>
constexpr graph renumbered_by(graph const& g, list<int>& renumbered, Insert insert) {
  graph result;
  result.arguments = g.arguments;
  result.rules = g.rules;
  result.nodes.reserve(g.nodes.size());
  renumbered.reserve(g.nodes.size());
  for (int i = 0; i < g.size(); ++i) {
    node n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const old = n.operand[k];
      ir::replace_operand(result, n, k, renumbered[static_cast<std::size_t>(old)],
                          g[old].result_shape());
    }
    renumbered.push_back(insert(result, n));
  }
  return result;
}

}  // namespace detail

/// A whole graph rewritten by the same rules, without the nodes that are dead then; `roots` are
/// renumbered. Arguments keep their numbers. Cost: linear in nodes.
constexpr graph rewrite(graph const& g, list<int>& roots) {
  list<int> renumbered;
  graph const result = detail::renumbered_by(
      g, renumbered, [](graph& into, node const& n) { return insert_rewritten(into, n); });
  for (int& r : roots) r = renumbered[r];
  return eliminate_dead_code(result, roots);
}

/// The graph without the nodes that carry derivative rules of users, for after differentiation:
/// their values stand in their places. Dead nodes stay; `renumbered[i]` is what became of node i.
/// Preserves every value. Cost: linear in nodes.
constexpr graph drop_own_rules(graph const& g, list<int>& renumbered) {
  graph result = detail::renumbered_by(g, renumbered, [](graph& into, node const& n) {
    if (n.is(code<op::defined>)) return into.viewed(n.operand[0], n.map[0], n.iteration);
    return op::is_leaf(n.operation) ? into.intern(n) : into.insert(n);
  });
  result.rules.clear();
  return result;
}

/// The graph without the policies of single uses, so that nodes that differ in nothing else become
/// one: for after differentiation, when no rule will ask for them again. Preserves every value.
/// Dead nodes go, `roots` are renumbered. Cost: linear in nodes.
constexpr graph strip_policies(graph const& g, list<int>& roots) {
  bool stripped = false;
  for (node const& n : g.nodes) stripped = stripped || n.policy != kink_policy{};
  if (!stripped) return eliminate_dead_code(g, roots);
  return detail::live_part(g, roots, [](graph& into, node n) {
    n.policy = {};
    return into.intern(n);
  });
}

}  // namespace ramp::pass
