// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/pass/directional.hpp>
#include <ramp/pass/enclosure.hpp>

namespace ramp::pass {
namespace detail {

template <class Op>
concept states_bounds = requires(enclosure const& r) { Op::enclose(r); };
template <class Op>
concept is_monotone = Op::monotone != 0;
template <class Op>
concept has_jumps = Op::jumps;

/// An operation's result for all operands in their intervals. Absent where it does not say.
template <class Op>
constexpr bounds enclose([[maybe_unused]] enclosure const& r) {
  if constexpr (states_bounds<Op>) return Op::enclose(r);
  else if constexpr (is_monotone<Op>)
    return Op::monotone > 0 ? r.template increasing<Op>(r.x[0]) : r.template decreasing<Op>(r.x[0]);
  else return {};
}

using enclosure_function = bounds (*)(enclosure const&);

template <class... Ops>
constexpr auto make_enclosures(op::operation_list<Ops...>) {
  return small_array<enclosure_function, sizeof...(Ops)>{{&enclose<Ops>...}};
}
template <class... Ops>
constexpr auto make_jumps(op::operation_list<Ops...>) {
  return small_array<bool, sizeof...(Ops)>{{has_jumps<Ops>...}};
}

/// The search for bounds of `gradient_bounds`. A template, so that only programs that ask for them
/// pay for the tables: what does not depend on a parameter would be made for all.
template <class Graph, class Operations = op::table>
class interval_sweep {
 public:
  int fault = -1;

  constexpr interval_sweep(Graph& owner, list<int> const& wrt) : g(owner), wrt_(wrt) {}

  /// Nodes that enclose those of `roots`.
  constexpr list<bounds> enclosed(list<int> const& roots) {
    int last = 0;
    for (int r : roots) last = r > last ? r : last;
    list<char> needed(static_cast<std::size_t>(last) + 1, 0);
    for (int r : roots)
      if (r >= 0) needed[r] = 1;
    for (int i = last; i >= 0; --i)
      for (std::size_t k = 0; needed[i] != 0 && k < g[i].arity; ++k) needed[g[i].operand[k]] = 1;
    varies_ = depends_on(g, wrt_);
    known_ = list<bounds>(needed.size(), bounds{});
    for (int i = 0; i <= last; ++i)
      if (needed[i] != 0) known_[i] = of(i);
    list<bounds> result;
    for (int r : roots) result.push_back(r < 0 ? bounds{} : known_[r]);
    return result;
  }

  /// Says of an operation that jumps where the derivative of `root` passes it.
  constexpr void require_continuity(int root, reverse_sweep const& sweep) {
    list<char> const depends = depends_on(g, wrt_);
    for (int i = 0; i <= root; ++i)
      if (depends[i] != 0 && sweep.result(i) >= 0 && jumps.at[static_cast<int>(g[i].operation)])
        fault = static_cast<int>(g[i].operation);
  }

  /// How many operations on matrices depend on `wrt`, up to `root`.
  [[nodiscard]] constexpr int matrix_operations(int root) const {
    list<char> const depends = depends_on(g, wrt_);
    int count = 0;
    for (int i = 0; i <= root; ++i) count += depends[i] != 0 && op::is_matrix(g[i].operation);
    return count;
  }

 private:
  static constexpr auto enclosures = make_enclosures(Operations{});
  static constexpr auto jumps = make_jumps(Operations{});

  constexpr bounds of(int i) {
    node const n = g[i];
    if (op::is_leaf(n.operation)) return leaf(i, n);
    enclosure r;
    r.owner = &g;
    r.at = &n;
    r.known = &known_;
    r.varying = &varies_;
    bool exact = true;
    for (std::size_t k = 0; k < n.arity; ++k) {
      bounds const& b = known_[n.operand[k]];
      r.x[k] = {seen(b.lower, n, k), seen(b.upper, n, k)};
      r.varies[k] = varies_[n.operand[k]] != 0;
      exact = exact && b.is_number() && b.lower.index == n.operand[k];
    }
    if (op::facts_of(n.operation).kind == op::category::layout) {
      if (exact) return number(i);
      return {moved(n, false), moved(n, true)};
    }
    bounds found = enclosures.at[static_cast<int>(n.operation)](r);
    if (found.lower.absent()) {
      fault = static_cast<int>(n.operation);
      return number(i);
    }
    found.lower.space = found.upper.space = n.result_shape();
    return {ir::value_of(g, ir::materialized(found.lower)),
            ir::value_of(g, ir::materialized(found.upper))};
  }

  constexpr bounds leaf(int i, node const& n) {
    if (!n.is(code<op::constant>)) return number(i);
    enclosure r;
    r.owner = &g;
    r.at = &n;
    return r.is_any() ? r.between(0.0, 1.0) : number(i);
  }

  constexpr bounds number(int i) {
    value const v = ir::value_of(g, i);
    return {v, v};
  }

  constexpr value seen(value const& v, node const& n, std::size_t k) {
    return {&g, v.index, g[v.index].rank == 0 ? axis_map{} : n.map[k], n.iteration};
  }

  /// A node that moves elements, of the ends of its operands.
  constexpr value moved(node n, bool upper) {
    for (std::size_t k = 0; k < n.arity; ++k) {
      bounds const& b = known_[n.operand[k]];
      shape const was = g[n.operand[k]].result_shape();
      ir::replace_operand(g, n, k, (upper ? b.upper : b.lower).index, was);
    }
    return ir::value_of(g, g.insert(n));
  }

  Graph& g;
  list<int> const& wrt_;
  list<char> varies_;
  list<bounds> known_;
};

}  // namespace detail

/// Up to so many elements of `wrt`, each is bounded by forward mode as well; fewer if there are
/// operations on matrices on the way, of which the bounds take many nodes.
inline constexpr int most_bounded_forward = 8;

/// Two nodes for each of `wrt`: bounds for every element of Clarke's subdifferential of `root`,
/// rounded outward. The derivative is built with every slope of every kink, and enclosed in
/// interval arithmetic, as are the values that it is computed from, so that a kink that is near
/// enough to be hit by rounding counts. That encloses what the chain rule gives on any side of each
/// kink: more than the subdifferential where one number enters in several ways. Of those, reverse
/// mode knows that what a value is used for adds up before it is multiplied, forward mode that one
/// operand of a maximum counts, or a mean of them; for few elements the bounds are those that both
/// give.
/// A branch that `where` may take for an argument nearby counts; where branches meet, they have to
/// be equal. `fault` becomes the opcode of an operation that is not locally Lipschitz or does not
/// state bounds (`enclose`). Adds nodes to `g` and changes none. Cost: about ten nodes for each of
/// f and its gradient, and for each element that is bounded by forward mode.
template <class Graph>
constexpr list<bounds> gradient_bounds(Graph& g, int root, list<int> const& wrt,
                                       int& fault) {
  kink_policy const all{kink_rule::interval, 0.0};
  detail::reverse_sweep sweep(g, wrt, all, nullptr);
  sweep.seed(root, g.constant(1.0));
  sweep.run();
  detail::interval_sweep<Graph> bounded(g, wrt);
  bounded.require_continuity(root, sweep);
  // 1. derivatives by both modes
  list<int> derivatives;
  int elements = 0;
  for (int w : wrt) {
    derivatives.push_back(sweep.result(w));
    elements += g[w].result_shape().elements();
  }
  bool const forward_too =
      elements * (1 + 3 * bounded.matrix_operations(root)) <= most_bounded_forward;
  for (std::size_t j = 0; forward_too && j < wrt.size(); ++j)
    for (int e = 0; e < g[wrt[j]].result_shape().elements(); ++e) {
      list<int> seeds(wrt.size(), -1);
      seeds[j] = ir::unit_vector(g, g[wrt[j]].result_shape(), e);
      derivatives.push_back(forward(g, {root}, wrt, seeds, all)[0]);
    }
  // 2. what encloses them
  list<bounds> found = bounded.enclosed(derivatives);
  if (bounded.fault >= 0) fault = bounded.fault;
  // 3. the bounds that are closer
  std::size_t next = wrt.size();
  for (std::size_t j = 0; forward_too && j < wrt.size(); ++j) {
    shape const s = g[wrt[j]].result_shape();
    bounds by_element;
    for (int e = 0; e < s.elements(); ++e) {
      bounds const& one = found[next++];
      if (one.lower.absent() || found[j].lower.absent()) continue;
      value hot = ir::value_of(g, ir::unit_vector(g, s, e));
      by_element = e == 0 ? one
                          : bounds{hot.combine<op::where>(0.0, one.lower, by_element.lower),
                                   hot.combine<op::where>(0.0, one.upper, by_element.upper)};
    }
    if (by_element.lower.absent()) continue;
    found[j] = {detail::larger(found[j].lower, by_element.lower),
                detail::smaller(found[j].upper, by_element.upper)};
  }
  found.resize(wrt.size());
  return found;
}

}  // namespace ramp::pass
