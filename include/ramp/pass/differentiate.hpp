// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/ir/value.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::opcode;
using ir::value;

/// How every node moves along each of some directions: at[d][i] is the derivative of node i along
/// direction d, or -1 where it does not move.
struct tangents {
  list<list<int>> at;
};

/// What a derivative rule in `op/` sees of the node that it differentiates. `g`, `x` and `y` live
/// in the node's iteration space.
struct rule {
  graph* owner = nullptr;
  node const* at = nullptr;
  int k = 0;
  value g;
  small_array<value, ir::max_operands> x;
  value y;
  kink_policy policy;
  double attribute = 0.0;
  small_array<int, 3> attributes{};
  tangents const* along = nullptr;  // where directions decide at kinks

  constexpr rule(graph& gr, node const& n, int index, kink_policy outer)
      : owner(&gr),
        at(&n),
        y{&gr, index, axis_map::identity(n.rank), n.iteration},
        policy(n.policy.or_else(outer)),
        attribute(n.value),
        attributes(n.attribute) {
    for (std::size_t i = 0; i < n.arity; ++i) x[i] = {&gr, n.operand[i], n.map[i], n.iteration};
  }

  [[nodiscard]] constexpr value none() const { return {}; }
  [[nodiscard]] constexpr value constant(double v) const { return y.number(v); }
  [[nodiscard]] constexpr bool is_constant(int i) const {
    return owner->is_constant(at->operand[static_cast<std::size_t>(i)]);
  }

  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply(value const& first, Values const&... rest) const {
    return apply_with<Op>(0.0, first, rest...);
  }
  /// The same for an operation whose node carries a number.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply_with(double number, value const& first,
                                           Values const&... rest) const {
    value made = first.combine<Op>(number, rest...);
    made.space = at->iteration;  // constants alone would have made a scalar
    return made;
  }

  /// Whether directions decide at kinks.
  [[nodiscard]] constexpr bool is_directed() const { return along != nullptr; }

  /// How `v`, an operand, moves along direction d.
  [[nodiscard]] constexpr value tangent(std::size_t d, value const& v) const {
    int const t = along->at[d][static_cast<std::size_t>(v.index)];
    if (t < 0) return constant(0.0);
    return {owner, t, (*owner)[t].rank == 0 ? axis_map{} : v.map, v.space};
  }

  /// `v` as its sign decides at a kink: where it is 0, the first of its derivatives along the
  /// directions that is not 0 stands for it.
  [[nodiscard]] constexpr value settled(value const& v) const {
    return settled_by(v, [&](std::size_t d) { return tangent(d, v); });
  }

  struct pair {
    value a, b;
  };
  /// The same for a comparison of two operands.
  [[nodiscard]] constexpr pair settled(value const& a, value const& b) const {
    if (!is_directed()) return {a, b};
    value const tie = apply<op::equal>(a, b);
    value const difference = settled_by(
        constant(0.0), [&](std::size_t d) { return tangent(d, a) - tangent(d, b); });
    return {apply<op::where>(tie, difference, a), apply<op::where>(tie, constant(0.0), b)};
  }

  /// Sum over the node's reduced dimensions, repeated along them again.
  [[nodiscard]] constexpr value sum_over_reduced(value const& v) const {
    return ir::widened(ir::reduce_to<op::sum>(v, axis_map::identity(at->rank), at->rank),
                       at->iteration);
  }

  // for layout rules: shape of operand k, and the adjoint moved back
  [[nodiscard]] constexpr shape operand_shape() const {
    return (*owner)[at->operand[static_cast<std::size_t>(k)]].result_shape();
  }
  [[nodiscard]] constexpr value reshaped(value const& v, shape const& s) const {
    return moved(code<op::reshape>, v, {}, s);
  }
  [[nodiscard]] constexpr value padded(value const& v, int axis, int first, int step,
                                       shape const& s) const {
    return moved(code<op::pad>, v, {axis, first, step}, s);
  }
  [[nodiscard]] constexpr value sliced(value const& v, int axis, int first, int step,
                                       shape const& s) const {
    return moved(code<op::slice>, v, {axis, first, step}, s);
  }

 private:
  template <class Tangent>
  [[nodiscard]] constexpr value settled_by(value const& v, Tangent tangent_along) const {
    if (!is_directed()) return v;
    value result = tangent_along(along->at.size() - 1);
    for (std::size_t d = along->at.size() - 1; d-- > 0;) {
      value const t = tangent_along(d);
      result = apply<op::where>(t, t, result);
    }
    return apply<op::where>(v, v, result);
  }

  [[nodiscard]] constexpr value moved(opcode operation, value const& v,
                                      small_array<int, 3> const& how, shape const& s) const {
    if (v.absent()) return v;
    node n;
    n.operation = operation;
    n.arity = 1;
    n.rank = s.rank;
    n.iteration = s;
    n.operand[0] = ir::full(v);
    n.attribute = how;
    return ir::value_of(*owner, owner->insert(n));
  }
};

namespace detail {

template <class Op>
concept has_chain = requires(rule const& r) { Op::chain(r); };
template <class Op>
concept has_pull = requires(rule const& r) { Op::pull(r); };

template <class Op>
constexpr value derive(rule const& r) {
  if constexpr (has_chain<Op>) return Op::chain(r);
  else if constexpr (has_pull<Op>) return Op::pull(r);
  else return {};
}

using rule_function = value (*)(rule const&);

template <class... Ops>
constexpr auto make_rule_table(op::operation_list<Ops...>) {
  return small_array<rule_function, sizeof...(Ops)>{{&derive<Ops>...}};
}
template <class... Ops>
constexpr auto make_pull_flags(op::operation_list<Ops...>) {
  return small_array<bool, sizeof...(Ops)>{{has_pull<Ops>...}};
}

/// Derivative rules by opcode, and which of them are for moving elements (`pull`).
inline constexpr auto rule_table = make_rule_table(op::table{});
inline constexpr auto pull_flags = make_pull_flags(op::table{});

constexpr bool moves_elements(opcode c) { return pull_flags.at[static_cast<int>(c)]; }

constexpr value apply_rule(rule const& r) {
  return rule_table.at[static_cast<int>(r.at->operation)](r);
}

/// Which nodes depend on one of `wrt` through operations that have a derivative.
constexpr list<char> depends_on(graph const& g, std::vector<int> const& wrt) {
  list<char> depends(g.nodes.size(), 0);
  for (int w : wrt) depends[static_cast<std::size_t>(w)] = 1;
  for (int i = 0; i < g.size(); ++i) {
    node const& n = g[i];
    if (n.is(code<op::stop_gradient>)) continue;
    for (std::size_t k = 0; k < n.arity; ++k)
      if (depends[static_cast<std::size_t>(n.operand[k])] != 0)
        depends[static_cast<std::size_t>(i)] = 1;
  }
  return depends;
}

}  // namespace detail
}  // namespace ramp::pass
