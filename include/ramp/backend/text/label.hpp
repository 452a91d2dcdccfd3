// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <ramp/ir/node.hpp>
#include <ramp/pass/batch.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::backend {

/// A graph as it is printed: the nodes, wherever they are kept.
struct printed_graph {
  std::span<ir::node const> nodes;
  std::span<ir::argument const> arguments;
  std::span<pass::root const> roots;
  std::span<pass::batch_sum const> sums{};  // sums over a batch that are still arguments
  std::span<int const> order{};             // operands before users; empty: the order of `nodes`
  // arguments without a name: their values, or `number 1`; to measure the text, room for any value
  enum class numbers_are { values, names, blanks } numbers = numbers_are::names;
  double const* values = nullptr;
  bool in_plan = false;  // of a fused program: what only repeats or holds a value goes unmentioned

  [[nodiscard]] constexpr ir::node const& operator[](int i) const {
    return nodes[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] constexpr ir::argument const& argument_of(ir::node const& n) const {
    return arguments[static_cast<std::size_t>(n.attribute[0])];
  }
  /// The node whose sum over the batch an argument stands for, else -1.
  [[nodiscard]] constexpr int summed_over_batch(ir::node const& n) const {
    if (n.is(ir::code<op::argument>))
      for (pass::batch_sum const& s : sums)
        if (s.argument == n.attribute[0]) return s.node;
    return -1;
  }
  [[nodiscard]] constexpr int steps() const {
    return static_cast<int>(order.empty() ? nodes.size() : order.size());
  }
  [[nodiscard]] constexpr int step(int i) const {
    return order.empty() ? i : order[static_cast<std::size_t>(i)];
  }
};

/// How a node is referred to.
struct label {
  std::string_view text{};  // a name of its own: to be set before `find_labels`
  bool stored = false;      // wants a number: likewise
  int number = 0;           // t1, t2, ...; 0: by its formula
  int target = -1;          // by the new value of this argument, written w'
  int uses = 0;             // roots included; 0: dead
  int weight = 0;           // nodes that its formula prints
  int depth = 0;

  [[nodiscard]] constexpr bool exists() const {
    return number > 0 || target >= 0 || !text.empty();
  }
};

/// Decides which nodes are named: those that are stored, and those whose formula would otherwise
/// stand in several places and is not short. So the text is linear in the graph, however much is
/// shared. Very deep or wide formulas are cut too. Cost: linear.
constexpr void find_labels(printed_graph const& g, std::span<label> labels) {
  constexpr int short_weight = 4;     // sin(2 * x) is repeated, exp(-x * x) may be
  constexpr int repeated_weight = 8;  // how much more is printed without a name
  constexpr int deepest = 40;         // compilers limit the depth of calls in a constant expression
  constexpr int widest = 120;
  auto at = [&](int i) -> label& { return labels[static_cast<std::size_t>(i)]; };
  for (pass::root const& r : g.roots) ++at(r.node).uses;
  for (int s = g.steps() - 1; s >= 0; --s) {
    int const i = g.step(s);
    if (at(i).uses == 0) continue;
    for (std::size_t k = 0; k < g[i].arity; ++k) ++at(g[i].operand[k]).uses;
    if (int const o = g.summed_over_batch(g[i]); o >= 0) ++at(o).uses;
  }
  for (pass::root const& r : g.roots)
    if (r.kind == pass::root_kind::update && at(r.node).uses > 1 && !at(r.node).exists() &&
        !op::is_leaf(g[r.node].operation))
      at(r.node).target = r.target;
  auto is_root = [&](int i) {
    for (pass::root const& r : g.roots)
      if (r.node == i) return true;
    return false;
  };
  int count = 0;
  for (int s = 0; s < g.steps(); ++s) {
    int const i = g.step(s);
    label& l = at(i);
    l.weight = 1;
    auto include = [&](int o) {
      bool const named = at(o).exists();
      l.weight += named ? 1 : at(o).weight;
      if (!named && at(o).depth >= l.depth) l.depth = at(o).depth + 1;
    };
    int const sum = g.summed_over_batch(g[i]);
    if (sum >= 0) include(sum);
    else if (op::is_leaf(g[i].operation)) continue;
    for (std::size_t k = 0; k < g[i].arity; ++k) {
      int const o = g[i].operand[k];
      include(o);
      bool const is_view = g[o].rank > 0 && op::is_elementwise(g[i].operation) &&
                           !(g[i].map[k] == ir::axis_map::identity(g[i].rank));
      if (is_view && !g.in_plan) l.weight += 2;
    }
    bool const repeated = l.uses > 1 && l.weight >= short_weight &&
                          (l.uses - 1) * l.weight >= repeated_weight;
    bool const large = l.depth > deepest || l.weight > widest;
    if (large && l.uses == 1 && !l.stored && is_root(i)) continue;
    if (l.uses > 0 && !l.exists() && (l.stored || repeated || large)) l.number = ++count;
  }
}

}  // namespace ramp::backend
