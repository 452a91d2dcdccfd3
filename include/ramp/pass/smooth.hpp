// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/pass/directional.hpp>

namespace ramp::pass {
namespace detail {

template <class Op>
constexpr value stand_in([[maybe_unused]] rule const& r) {
  if constexpr (requires { Op::smoothed(r); }) return Op::smoothed(r);
  else return {};
}

template <class... Ops>
constexpr auto make_stand_ins(op::operation_list<Ops...>) {
  return small_array<rule_function, sizeof...(Ops)>{{&stand_in<Ops>...}};
}
/// What takes the place of an operation under `smooth`, by opcode.
inline constexpr auto stand_ins = make_stand_ins(op::table{});

}  // namespace detail

/// `root` without the kinks that are under a smooth policy, `policy` where a node does not say
/// otherwise: a differentiable function takes their place. With `settle`, every other kink is given
/// the policy in force for its own, so that a policy around it has no say any more: for what has
/// been differentiated. To be used after rewriting. Returns the new root; `fault` becomes the
/// opcode of an operation that has a kink and no stand-in. Adds nodes to `g` and changes none.
/// Cost: linear in nodes.
constexpr int smoothed(graph& g, int root, kink_policy policy, bool settle, int& fault) {
  list<char> const needed = detail::leads_to(g, root);
  list<int> renumbered(static_cast<std::size_t>(root) + 1, -1);
  for (int i = 0; i <= root; ++i) {
    if (needed[i] == 0) continue;
    node n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const old = n.operand[k];
      ir::replace_operand(g, n, k, renumbered[old], g[old].result_shape());
    }
    renumbered[i] = i;
    if (!op::facts_of(n.operation).follows_policy) {
      if (!(n == g[i])) renumbered[i] = g.insert(n);
      continue;
    }
    kink_policy const in_force = n.policy.or_else(policy);
    bool const replace = in_force.rule == kink_rule::smooth;
    if (replace) n.policy = standard.value;
    else if (settle) n.policy = in_force;
    int const kinked = n == g[i] ? i : g.insert(n);
    renumbered[i] = kinked;
    if (!replace || !(g[kinked] == n)) continue;
    rule r(g, n, kinked, in_force);
    r.policy = in_force;
    value made = detail::stand_ins.at[static_cast<int>(n.operation)](r);
    if (made.absent()) {
      fault = static_cast<int>(n.operation);
      continue;
    }
    made.space = n.result_shape();
    renumbered[i] = ir::materialized(made);
  }
  return renumbered[root];
}

}  // namespace ramp::pass
