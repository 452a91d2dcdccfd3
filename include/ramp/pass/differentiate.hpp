// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/ir/matrix.hpp>
#include <ramp/op/table.hpp>
#include <ramp/pass/rule.hpp>

namespace ramp::pass {
namespace detail {

template <class Op>
concept has_chain = requires(rule const& r) { Op::chain(r); };
template <class Op>
concept has_pull = requires(rule const& r) { Op::pull(r); };

template <class Op>
constexpr value derive(rule const& r) {
  if constexpr (has_chain<Op>) return Op::chain(r);
  else if constexpr (has_pull<Op>) return Op::pull(r);
  else return {};
}

using rule_function = value (*)(rule const&);

template <class... Ops>
constexpr auto make_rule_table(op::operation_list<Ops...>) {
  return small_array<rule_function, sizeof...(Ops)>{{&derive<Ops>...}};
}
template <class... Ops>
constexpr auto make_pull_flags(op::operation_list<Ops...>) {
  return small_array<bool, sizeof...(Ops)>{{has_pull<Ops> && !op::matrix_operation<Ops>...}};
}

/// Derivative rules by opcode, and which of them are for moving elements (`pull`).
inline constexpr auto rule_table = make_rule_table(op::table{});
inline constexpr auto pull_flags = make_pull_flags(op::table{});

template <class Op>
concept has_push = requires(rule const& r) { Op::push(r); };

template <class Op>
constexpr value push(rule const& r) {
  if constexpr (has_push<Op>) return Op::push(r);
  else return {};
}

template <class... Ops>
constexpr auto make_push_table(op::operation_list<Ops...>) {
  return small_array<rule_function, sizeof...(Ops)>{{(has_push<Ops> ? &push<Ops> : nullptr)...}};
}

/// Forward rules of the operations on matrices that have one for each mode.
inline constexpr auto push_table = make_push_table(op::table{});

constexpr bool has_matrix_rules(opcode c) {
  return push_table.at[static_cast<int>(c)] != nullptr;
}

/// What such a rule sees: matrices with the whole batch of the node.
constexpr rule matrix_rule(graph& g, node const& n, int index, kink_policy policy) {
  rule r(g, n, index, policy);
  for (int k = 0; k < n.arity; ++k) {
    r.x[k].map = ir::matrix_map(n, k, g[n.operand[k]].rank);
    r.x[k].space = ir::matrix_shape(n, k);
  }
  r.y = ir::value_of(g, index);
  return r;
}

constexpr value apply_push(rule const& r) {
  return push_table.at[static_cast<int>(r.at->operation)](r);
}

/// How the result moves with operand r.k, whose tangent is node `t`.
constexpr value pushed(rule r, int t) {
  r.g = r.x[r.k];
  r.g.index = t;
  if ((*r.owner)[t].rank == 0) r.g.map = {};
  return apply_push(r);
}

constexpr bool moves_elements(opcode c) { return pull_flags.at[static_cast<int>(c)]; }

constexpr value apply_rule(rule const& r) {
  return rule_table.at[static_cast<int>(r.at->operation)](r);
}

/// Which nodes depend on one of `wrt` by a way without stop_gradient.
constexpr list<char> depends_on(graph const& g, list<int> const& wrt) {
  list<char> depends(g.nodes.size(), 0);
  for (int w : wrt) depends[static_cast<std::size_t>(w)] = 1;
  for (int i = 0; i < g.size(); ++i) {
    node const& n = g[i];
    if (n.is(code<op::stop_gradient>)) continue;
    for (std::size_t k = 0; k < n.arity; ++k)
      if (depends[static_cast<std::size_t>(n.operand[k])] != 0)
        depends[static_cast<std::size_t>(i)] = 1;
  }
  return depends;
}

}  // namespace detail
}  // namespace ramp::pass
