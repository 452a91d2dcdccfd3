// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include <ramp/ir/graph.hpp>

namespace ramp::ir {

/// Checks what every pass may rely on. Empty if the graph is well formed, else the first fault.
/// Cost: linear in nodes.
constexpr std::string_view verify(graph const& g) {
  for (int i = 0; i < g.size(); ++i) {
    node const& n = g[i];
    auto const& facts = op::facts_of(n.operation);
    if (n.arity != facts.arity) return "a node has another number of operands than its operation";
    if (n.rank < 0 || n.rank > n.iteration.rank || n.iteration.rank > max_dimensions)
      return "a node's rank does not fit its iteration space";
    for (int d = 0; d < n.iteration.rank; ++d)
      if (n.extent(d) <= 0) return "an extent is not positive";
    if (n.reduced() > 0 && facts.kind != op::category::reduction &&
        facts.kind != op::category::contraction)
      return "a node that does not reduce has reduced dimensions";
    if (n.is(code<op::argument>) &&
        (n.attribute[0] < 0 || n.attribute[0] >= static_cast<int>(g.arguments.size())))
      return "an argument node names no argument";
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (o < 0 || o >= i) return "an operand does not come before its user";
      bool const moves = n.is(code<op::reshape>) || n.is(code<op::slice>) || n.is(code<op::pad>) ||
                         n.is(code<op::concatenate>);
      if (moves) continue;
      std::uint32_t seen = 0;
      for (int d = 0; d < g[o].rank; ++d) {
        int const e = n.map[k][d];
        if (e >= n.iteration.rank) return "a map names a dimension that the node does not have";
        if (n.extent(e) != g[o].extent(d)) return "an operand's extent differs from the node's";
        if ((seen >> e & 1u) != 0) return "a map names a dimension twice";
        seen |= 1u << e;
      }
    }
  }
  return {};
}

}  // namespace ramp::ir
