// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/ir/value.hpp>
#include <ramp/pass/batch.hpp>
#include <ramp/pass/bounds.hpp>
#include <ramp/pass/directional.hpp>
#include <ramp/pass/forward.hpp>
#include <ramp/pass/reverse.hpp>
#include <ramp/pass/rewrite.hpp>
#include <ramp/pass/smooth.hpp>
#include <ramp/pass/trap.hpp>

namespace ramp::detail {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::value;

/// A cut of the graph at which the samples come together.
using batch_mean = pass::batch_sum;

/// Two shapes in a traced function that do not fit together, as the two numbers that tell them
/// apart. An expression is checked where it is written; a traced value has no type that could be.
struct shape_fault {
  bool found = false;
  int left = 0, right = 0;
};

/// What is wrong with a program and shows in its graph only.
struct program_faults {
  int clashing_name = -1;    ///< an argument whose name another leaf has, of other shape or role
  int clashing_update = -1;  ///< an argument with two different updates
  int unstated_convention = -1;  ///< the number of an operation that the policy's system lacks
  int kink_left = -1;            ///< the opcode of one that has no stand-in under `smooth`
  int unbounded = -1;            ///< the opcode of one that has no bounds under `interval`
  bool mean_in_jacobian = false;  ///< mean_over_batch(...) under anything but a reverse sweep
  shape_fault shapes;
};

/// What counters for traps are made from, once a program is complete (`count_traps`).
struct trap_log {
  struct range {
    int first, end;
  };
  bool asked = false;    // some operation was written under a trap
  list<range> derived;   // the nodes that derivatives are made of
  list<int> written;     // those among them that were written as well
  list<pass::trapped_function> functions;  // what was differentiated
};

/// An operand of a product, or of something else that has a space of its own.
struct factor {
  value v;
  std::array<int, max_dimensions> along{};  // dimension d of v runs along dimension along[d]
};

/// Graph construction in the terms of the user's language. A `value` made here has the shape of its
/// expression in `space`, even where its node is one number for all elements. Long, because all of
/// it appends to one graph and keeps account of policies, means and sweeps while it does.
struct builder {
  ir::graph graph;
  program_faults faults;
  kink_policy policy;     // of the enclosing gradient or program
  bool smoothing = false;  // some part of the program is under `smooth`
  bool rewrites = true;    // of one function's spellings (pass/rewrite.hpp)
  list<batch_mean> means;
  trap_log traps;

  /// A node, rewritten so that common spellings of one function have one derivative at a kink.
  constexpr int insert(node const& n) {
    int const made = rewrites ? pass::insert_rewritten(graph, n) : graph.insert(n);
    if (traps.asked && !traps.derived.empty() && made < traps.derived.back().end)
      traps.written.push_back(made);
    return made;
  }

  /// Says that `operands` were differentiated under a policy, or entered a derivative, and that
  /// this made the nodes from `first` on.
  template <std::size_t N>
  constexpr void derived(int first, std::array<value, N> const& operands, kink_policy under) {
    traps.derived.push_back({first, graph.size()});
    for (value const& v : operands)
      if (!op::is_leaf(graph[v.index].operation)) traps.functions.push_back({v.index, under});
  }

  constexpr void set_policy(kink_policy p) {
    policy = p;
    smoothing = smoothing || p.rule == kink_rule::smooth;
  }

  /// A value that the policy in force has been applied to, where it changes the function: for what
  /// is differentiated, or leaves the program. Rewriting comes before that.
  constexpr value finished(value const& v) { return smoothing ? smoothed(v, false) : v; }

  /// The result of what has been differentiated under the policy in force, on its way to `outer`.
  constexpr value settled(value const& v, kink_policy outer) {
    bool const differs = outer.rule == kink_rule::smooth && policy.rule != kink_rule::smooth;
    return differs ? smoothed(v, true) : v;
  }

  constexpr value number(double x) { return {&graph, graph.constant(x), {}, {}}; }

  constexpr value argument(ir::argument const& a) {
    return ir::value_of(graph, graph.argument_node(graph.find_or_add(a)));
  }

  /// The value of a node that may be a number for every element of shape `s`.
  constexpr value seen(int index, shape const& s) {
    return {&graph, index, graph[index].rank == 0 ? axis_map{} : axis_map::identity(s.rank), s};
  }

  template <std::size_t N>
  constexpr value elementwise(ir::opcode operation, kink_policy use,
                              std::array<value, N> const& operands) {
    node n;
    n.operation = operation;
    n.arity = static_cast<std::uint8_t>(N);
    n.policy = use;
    for (std::size_t k = 0; k < N; ++k) {
      n.operand[k] = operands[k].index;
      n.map[k] = operands[k].map;
      if (operands[k].space.rank >= n.iteration.rank) n.iteration = operands[k].space;
    }
    n.rank = n.iteration.rank;
    smoothing = smoothing || use.rule == kink_rule::smooth;
    kink_policy const in_force = use.or_else(policy);
    if (op::is_unstated(operation, in_force))
      faults.unstated_convention = static_cast<int>(operation);
    traps.asked = traps.asked || in_force.is_trap();
    shape const result = n.iteration;
    return seen(insert(n), result);
  }

  template <class Op, class... Values>
  constexpr value apply(Values const&... operands) {
    return elementwise(code<Op>, {}, std::array<value, sizeof...(Values)>{operands...});
  }

  /// `v` with a derivative rule by the arguments a and b, which are one if it has one.
  constexpr value with_rule(value const& v, ir::own_rule rule, kink_policy use, value const& a,
                            value const& b) {
    std::size_t number = 0;
    while (number < graph.rules.size() && graph.rules[number] != rule) ++number;
    if (number == graph.rules.size()) graph.rules.push_back(rule);
    node n;
    n.operation = code<op::defined>;
    n.arity = 3;
    n.attribute[0] = static_cast<int>(number) + 1;
    n.policy = use;
    n.iteration = v.space;
    n.rank = v.space.rank;
    value const whole = ir::value_of(graph, ir::full(v));
    std::array<value const*, 3> const operands{&whole, &a, &b};
    for (std::size_t k = 0; k < 3; ++k) {
      n.operand[k] = operands[k]->index;
      n.map[k] = operands[k]->map;
    }
    return seen(graph.insert(n), v.space);
  }

  /// `Op` over the dimensions in the set `folded`; `use` is a policy for its own kinks.
  template <class Op>
  constexpr value fold(value const& v, unsigned folded, kink_policy use = {}) {
    axis_map kept;
    int rank = 0;
    for (int d = 0; d < v.space.rank; ++d)
      if ((folded >> d & 1u) == 0) kept.set(rank++, d);
    traps.asked = traps.asked || use.or_else(policy).is_trap();
    smoothing = smoothing || use.rule == kink_rule::smooth;
    if (op::is_unstated(code<Op>, use.or_else(policy)))
      faults.unstated_convention = static_cast<int>(code<Op>);
    value const all = ir::reduce_to<Op>(v, kept, rank, use);
    return seen(all.index, all.space);
  }

  /// `v`, the result of a fold over `folded`, repeated along these dimensions of `space`.
  constexpr value unfold(value const& v, unsigned folded, shape const& space) {
    axis_map kept;
    int next = 0;
    for (int d = 0; d < space.rank; ++d)
      if ((folded >> d & 1u) == 0) kept.set(next++, d);
    return {v.owner, v.index, kept.after(v.map, graph[v.index].rank), space};
  }

  /// Dimension d of the result is dimension order[d] of `v`.
  constexpr value permuted(value const& v, std::array<int, max_rank> const& order) {
    axis_map moved;
    shape space = v.space;
    for (int d = 0; d < v.space.rank; ++d) {
      moved.set(order[static_cast<std::size_t>(d)], d);
      space[d] = v.space[order[static_cast<std::size_t>(d)]];
    }
    return {v.owner, v.index, moved.after(v.map, graph[v.index].rank), space};
  }

  /// A value along dimensions of a space, repeated along the others.
  constexpr value placed(factor const& f, shape const& space) {
    axis_map m;
    for (int d = 0; d < f.v.space.rank; ++d) m.set(d, f.along[static_cast<std::size_t>(d)]);
    return {f.v.owner, f.v.index, m.after(f.v.map, graph[f.v.index].rank), space};
  }

  /// The sum over a * b over all but the first `rank` dimensions of `space`: every product of
  /// linear algebra.
  constexpr value product(factor const& a, factor const& b, shape const& space, int rank) {
    value const both = apply<op::mul>(placed(a, space), placed(b, space));
    unsigned folded = 0;
    for (int d = rank; d < space.rank; ++d) folded |= 1u << d;
    return fold<op::sum>(both, folded);
  }

  /// An operation that moves elements; `attribute` as in `op/`.
  template <class Op, std::size_t N>
  constexpr value moved(std::array<value, N> const& operands, small_array<int, 3> const& attribute,
                        shape const& result) {
    node n;
    n.operation = code<Op>;
    n.arity = static_cast<std::uint8_t>(N);
    n.rank = result.rank;
    n.iteration = result;
    n.attribute = attribute;
    for (std::size_t k = 0; k < N; ++k) n.operand[k] = ir::full(operands[k]);
    return seen(insert(n), result);
  }

  constexpr value reshaped(value const& v, shape const& s) {
    return v.space == s ? v : moved<op::reshape>(std::array{v}, {}, s);
  }

  /// One after the other along an axis.
  constexpr value joined(int axis, value const& a, value const& b) {
    shape s = a.space;
    s[axis] += b.space[axis];
    return moved<op::concatenate>(std::array{a, b}, {axis, a.space[axis]}, s);
  }

  /// Whether a value is a class label as it was bound, so that it cannot be NaN.
  constexpr bool is_label(value const& v) const {
    node const& n = graph[v.index];
    return n.is(code<op::argument>) &&
           graph.arguments[n.attribute[0]].kind == ir::argument_kind::label;
  }

  /// The weight of a sample in a mean over the batch, 1 / number of samples: an input like any
  /// other, which the caller of a program never sees.
  constexpr value sample_weight() {
    return argument({pass::sample_weight_name, ir::argument_kind::input, {}, 0});
  }

  /// The mean over the samples as something that the rest of the program can compute with.
  constexpr value mean_over_batch(value const& v) {
    value weight = sample_weight();
    weight.space = v.space;
    return sum_over_batch(apply<op::mul>(finished(v), weight));
  }

  constexpr value sum_over_batch(value const& v) {
    int const index = ir::full(v);
    for (batch_mean const& m : means)
      if (m.node == index) return seen(graph.argument_node(m.argument), v.space);
    graph.arguments.push_back({pass::batch_sum_name, ir::argument_kind::number, v.space, 0});
    means.push_back({index, static_cast<int>(graph.arguments.size()) - 1});
    return seen(graph.argument_node(means.back().argument), v.space);
  }

  /// Only reverse sweeps pass through a mean over the batch.
  constexpr void require_no_mean(int root) {
    if (means.empty()) return;
    list<int> arguments;
    for (batch_mean const& m : means) arguments.push_back(graph.argument_node(m.argument));
    if (pass::detail::depends_on(graph, arguments)[root] != 0) faults.mean_in_jacobian = true;
  }

  /// The derivatives of the sum of root * seed by the argument nodes `wrt`; -1 where there is none.
  constexpr list<int> reverse(int root, int seed, list<int> const& wrt) {
    for (sweep const& s : sweeps_)
      if (s.root == root && s.seed == seed && s.wrt == wrt && s.policy == policy) return s.result;
    list<int> sources = wrt;
    for (batch_mean const& m : means) sources.push_back(graph.argument_node(m.argument));
    auto const mean_count = means.size();
    list<int> result = pass::reverse(graph, {root}, {seed}, sources, policy);
    // a sum over samples passes its adjoint on to every sample and sums what comes back
    for (std::size_t m = 0; m < mean_count; ++m) {
      int const adjoint = result[wrt.size() + m];
      if (adjoint < 0) continue;
      list<int> const part = reverse(means[m].node, adjoint, wrt);
      for (std::size_t i = 0; i < wrt.size(); ++i) {
        if (part[i] < 0) continue;
        shape const s = graph[wrt[i]].result_shape();
        value const total = sum_over_batch(seen(part[i], s));
        result[i] =
            result[i] < 0 ? total.index : (apply<op::add>(seen(result[i], s), total)).index;
      }
    }
    result.resize(wrt.size(), -1);
    sweeps_.push_back({root, seed, policy, wrt, result});
    return result;
  }

  /// The same of a root that no mean over the batch leads to, along directions that decide at
  /// kinks: what pass/directional.hpp says.
  struct directed_sweep {
    int root;
    kink_policy policy;
    list<int> wrt;
    list<list<int>> directions;
    pass::tangents along;
    list<int> gradient;
  };
  constexpr directed_sweep const& reverse_along(
      int root, list<int> const& wrt, list<list<int>> const& directions) {
    for (directed_sweep const& s : directed_sweeps_)
      if (s.root == root && s.wrt == wrt && s.directions == directions && s.policy == policy)
        return s;
    require_no_mean(root);
    pass::tangents along = pass::forward_along(graph, root, wrt, directions, policy);
    list<int> gradient =
        pass::reverse(graph, {root}, {graph.constant(1.0)}, wrt, policy, &along);
    directed_sweeps_.push_back(
        {root, policy, wrt, directions, std::move(along), std::move(gradient)});
    return directed_sweeps_.back();
  }

  /// What gradients in intervals have been found: one search is for all names and both bounds.
  struct interval_gradient {
    int root;
    list<int> wrt;
    list<pass::bounds> found;
  };
  list<interval_gradient> interval_gradients;

 private:
  constexpr value smoothed(value v, bool settle) {
    v.index = pass::smoothed(graph, v.index, policy, settle, faults.kink_left);
    if (graph[v.index].rank == 0) v.map = {};
    return v;
  }

  struct sweep {
    int root, seed;
    kink_policy policy;
    list<int> wrt;
    list<int> result;
  };

  list<sweep> sweeps_;
  list<directed_sweep> directed_sweeps_;
};

}  // namespace ramp::detail
