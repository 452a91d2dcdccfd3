// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/list.hpp>
#include <ramp/ir/graph.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;

namespace detail {

/// The nodes that `roots` need, in their old order, each added by `add(graph&, node)`; `roots` are
/// renumbered.
template <class Add>
constexpr graph live_part(graph const& g, list<int>& roots, Add add) {
  list<char> live(g.nodes.size(), 0);
  int count = 0;
  for (int r : roots) live[r] = 1;
  for (int i = g.size() - 1; i >= 0; --i) {
    if (live[i] == 0) continue;
    ++count;
    node const& n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) live[n.operand[k]] = 1;
  }
  graph result;
  result.arguments = g.arguments;
  result.rules = g.rules;
  result.nodes.reserve(static_cast<std::size_t>(count));
  list<int> renumbered(g.nodes.size(), -1);
  for (int i = 0; i < g.size(); ++i) {
    if (live[i] == 0) continue;
    node n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) n.operand[k] = renumbered[n.operand[k]];
    renumbered[i] = add(result, n);
  }
  for (int& r : roots) r = renumbered[r];
  return result;
}

}  // namespace detail

/// The nodes that `roots` need, in their old order; `roots` are renumbered. Arguments stay, so that
/// their numbers do. Preserves every value. Cost: linear in nodes.
constexpr graph eliminate_dead_code(graph const& g, list<int>& roots) {
  // nodes that differ do so after they are renumbered
  return detail::live_part(g, roots, [](graph& into, node const& n) { return into.append(n); });
}

}  // namespace ramp::pass
