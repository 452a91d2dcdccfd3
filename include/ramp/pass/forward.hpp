// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/list.hpp>
#include <ramp/pass/differentiate.hpp>

namespace ramp::pass {
namespace detail {

/// How node i moves, given how all before it do (`moved`, -1 where they do not); -1 if it does not.
constexpr int push_forward(graph& g, int i, list<int> const& moved, kink_policy policy,
                           tangents const* along = nullptr) {
  node const n = g[i];
  if (moves_elements(n.operation)) {
    node copy = n;  // moving elements is linear: move the tangent's elements
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const t = moved[n.operand[k]];
      value source = ir::value_of(g, n.operand[k]);
      if (t >= 0) source.index = t;
      else source = {&g, g.constant(0.0), {}, source.space};
      if (t >= 0 && g[t].rank != source.space.rank) source.map = {};
      copy.operand[k] = ir::full(source);
    }
    return g.insert(copy);
  }
  bool const has_matrices = has_matrix_rules(n.operation);
  rule r = has_matrices ? matrix_rule(g, n, i, policy) : rule(g, n, i, policy);
  r.along = along;
  value total;
  for (std::size_t k = 0; k < n.arity; ++k) {
    int const t = moved[n.operand[k]];
    if (t < 0) continue;
    r.k = static_cast<int>(k);
    if (has_matrices) {
      total = total + pushed(r, t);
      continue;
    }
    r.g = {&g, t, g[t].rank == 0 ? axis_map{} : n.map[k], n.iteration};
    value part = apply_rule(r);
    part.space = n.iteration;
    total = total + ir::reduce_to<op::sum>(part, axis_map::identity(n.rank), n.rank);
  }
  if (total.absent()) return -1;
  total.space = n.result_shape();
  return ir::materialized(total);
}

}  // namespace detail

/// Forward mode (a Jacobian-vector product): node `wrt[j]` moves by node `tangents[j]`, of the same
/// shape; returns how each of `roots` moves, -1 where it does not. Adds nodes to `g` and changes
/// none. Where an operation has a kink, `policy` chooses unless the node says otherwise.
/// Cost: a few nodes for each node that depends on `wrt`.
constexpr list<int> forward(graph& g, list<int> const& roots,
                            list<int> const& wrt, list<int> const& tangents,
                            kink_policy policy) {
  int const original = g.size();
  list<char> const depends = detail::depends_on(g, wrt);
  list<int> moved(static_cast<std::size_t>(original), -1);
  for (std::size_t j = 0; j < wrt.size(); ++j) moved[wrt[j]] = tangents[j];
  for (int i = 0; i < original; ++i)
    if (depends[i] != 0 && moved[i] < 0)
      moved[i] = detail::push_forward(g, i, moved, policy);

  list<int> result;
  for (int root : roots) result.push_back(moved[root]);
  return result;
}

}  // namespace ramp::pass
