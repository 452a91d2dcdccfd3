// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <ramp/ir/graph.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;

/// The nodes that `roots` need, in their old order; `roots` are renumbered. Arguments stay, so that
/// their numbers do. Preserves every value. Cost: linear in nodes.
constexpr graph eliminate_dead_code(graph const& g, std::vector<int>& roots) {
  list<char> live(g.nodes.size(), 0);
  for (int r : roots) live[static_cast<std::size_t>(r)] = 1;
  for (int i = g.size() - 1; i >= 0; --i) {
    if (live[static_cast<std::size_t>(i)] == 0) continue;
    node const& n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) live[static_cast<std::size_t>(n.operand[k])] = 1;
  }
  graph result;
  result.arguments = g.arguments;
  result.rules = g.rules;
  list<int> renumbered(g.nodes.size(), -1);
  for (int i = 0; i < g.size(); ++i) {
    if (live[static_cast<std::size_t>(i)] == 0) continue;
    node n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k)
      n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
    // interning, not inserting: the nodes are canonical already
    renumbered[static_cast<std::size_t>(i)] = result.intern(n);
  }
  for (int& r : roots) r = renumbered[static_cast<std::size_t>(r)];
  return result;
}

}  // namespace ramp::pass
