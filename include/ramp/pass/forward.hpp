// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <ramp/pass/differentiate.hpp>

namespace ramp::pass {

/// Forward mode (a Jacobian-vector product): node `wrt[j]` moves by node `tangents[j]`, of the same
/// shape; returns how each of `roots` moves, -1 where it does not. Adds nodes to `g` and changes
/// none. Where an operation has a kink, `policy` chooses unless the node says otherwise.
/// Cost: a few nodes for each node that depends on `wrt`.
constexpr std::vector<int> forward(graph& g, std::vector<int> const& roots,
                                   std::vector<int> const& wrt, std::vector<int> const& tangents,
                                   kink_policy policy) {
  int const original = g.size();
  list<char> const depends = detail::depends_on(g, wrt);
  list<int> moved(static_cast<std::size_t>(original), -1);
  for (std::size_t j = 0; j < wrt.size(); ++j)
    moved[static_cast<std::size_t>(wrt[j])] = tangents[j];

  for (int i = 0; i < original; ++i) {
    auto const at = static_cast<std::size_t>(i);
    if (depends[at] == 0 || moved[at] >= 0) continue;
    node const n = g[i];
    if (detail::moves_elements(n.operation)) {
      node copy = n;  // moving elements is linear: move the tangent's elements
      for (std::size_t k = 0; k < n.arity; ++k) {
        int const t = moved[static_cast<std::size_t>(n.operand[k])];
        value source = ir::value_of(g, n.operand[k]);
        if (t >= 0) source.index = t;
        else source = {&g, g.constant(0.0), {}, source.space};
        if (t >= 0 && g[t].rank != source.space.rank) source.map = {};
        copy.operand[k] = ir::full(source);
      }
      moved[at] = g.insert(copy);
      continue;
    }
    rule r(g, n, i, policy);
    value total;
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const t = moved[static_cast<std::size_t>(n.operand[k])];
      if (t < 0) continue;
      r.k = static_cast<int>(k);
      r.g = {&g, t, g[t].rank == 0 ? axis_map{} : n.map[k], n.iteration};
      value part = detail::apply_rule(r);
      part.space = n.iteration;
      total = total + ir::reduce_to<op::sum>(part, axis_map::identity(n.rank), n.rank);
    }
    if (!total.absent()) {
      total.space = n.result_shape();
      moved[at] = ir::materialized(total);
    }
  }

  std::vector<int> result;
  for (int root : roots) result.push_back(moved[static_cast<std::size_t>(root)]);
  return result;
}

}  // namespace ramp::pass
