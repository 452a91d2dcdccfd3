// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <ramp/check/gradient.hpp>
#include <ramp/core/list.hpp>
#include <ramp/pass/directional.hpp>
#include <ramp/pass/interval.hpp>

// Gradients of graphs under the policies that are no choice for each kink. With `reverse_gradient`
// in check/gradient.hpp that is every policy, found at run time: what a compiled program gives, at
// the cost of one differentiation for each call, and none for the compiler. They allocate.

namespace ramp::check {

/// A gradient that directions chose at kinks.
struct directed_gradient {
  point gradient;
  /// How the root moves along each direction: along the first, its one-sided derivative; along the
  /// others, the slope of the piece that those before have chosen.
  std::vector<double> slopes;
  double unsettled = 0.0;  ///< the number of ties that no direction settles
};

/// What `gradient(f, wrt(...), directional(v))` gives for the scalar node `root`, and with several
/// directions `lexicographic`. Direction d moves the argument wrt[j] by directions[d][j],
/// row-major; `policy` chooses at the ties that none of them settles.
inline directed_gradient gradient_along(graph g, int root, list<int> const& wrt, point at,
                                        std::vector<point> const& directions, kink_policy policy) {
  list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  list<list<int>> moves;
  for (point const& d : directions) {
    moves.push_back({});
    list<int>& of_each = moves.back();
    for (std::size_t j = 0; j < wrt.size(); ++j) {
      ir::argument moved = g.arguments[static_cast<std::size_t>(wrt[j])];
      moved.name = "direction";
      g.arguments.push_back(moved);
      of_each.push_back(g.argument_node(static_cast<int>(g.arguments.size()) - 1));
      at.push_back(d[j]);
    }
  }
  pass::tangents const along = pass::forward_along(g, root, nodes, moves, policy);
  auto const adjoints = pass::reverse(g, {root}, {g.constant(1.0)}, nodes, policy, &along);
  int const ties = pass::unsettled_ties(g, root, nodes, along, policy);
  auto const e = evaluate_at(g, at);
  directed_gradient result;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    result.gradient.push_back(
        values_of(g, e, adjoints[j], at[static_cast<std::size_t>(wrt[j])].size()));
  for (auto const& moved : along.at) result.slopes.push_back(values_of(g, e, moved[root], 1)[0]);
  result.unsettled = e[ties][0];
  return result;
}

/// The unit vectors of the space of the arguments `wrt`, in order: the directions of
/// `lexicographic`.
inline std::vector<point> unit_directions(list<int> const& wrt, point const& at) {
  point direction;
  for (int w : wrt) direction.emplace_back(at[static_cast<std::size_t>(w)].size(), 0.0);
  std::vector<point> all;
  for (auto& values : direction)
    for (double& x : values) {
      x = 1.0;
      all.push_back(direction);
      x = 0.0;
    }
  return all;
}

/// Bounds of a gradient.
struct interval_gradient {
  point lower, upper;
  int fault = -1;  ///< the opcode of an operation that has none; then there are no bounds
};

/// What `gradient(f, wrt(...), interval)` gives for the scalar node `root`.
inline interval_gradient gradient_bounds(graph g, int root, list<int> const& wrt,
                                         point const& at) {
  list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  interval_gradient result;
  auto const found = pass::gradient_bounds(g, root, nodes, result.fault);
  if (result.fault >= 0) return result;
  auto const e = evaluate_at(g, at);
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    std::size_t const count = at[static_cast<std::size_t>(wrt[j])].size();
    result.lower.push_back(values_of(g, e, found[j].lower.index, count));
    result.upper.push_back(values_of(g, e, found[j].upper.index, count));
  }
  return result;
}

}  // namespace ramp::check
