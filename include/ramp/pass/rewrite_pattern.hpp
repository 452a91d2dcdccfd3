// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the rules of pass/rewrite.hpp are written with.

#include <array>
#include <cstddef>
#include <cstdint>

#include <ramp/ir/value.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::opcode;
using ir::value;

constexpr int insert_rewritten(graph& g, node n);

namespace rewrites {

constexpr node const& node_of(value const& v) { return (*v.owner)[v.index]; }

template <class Op>
constexpr bool is(value const& v) {
  return node_of(v).is(code<Op>);
}
constexpr bool is_number(value const& v, double x) {
  return is<op::constant>(v) && node_of(v).value == x;
}
constexpr bool same(value const& a, value const& b) { return a.index == b.index && a.map == b.map; }
constexpr kink_policy policy_of(value const& v) { return node_of(v).policy; }

/// Operand k of an elementwise node, seen from where the node is seen.
constexpr value operand(value const& v, std::size_t k) {
  node const& n = node_of(v);
  int const o = n.operand[k];
  return {v.owner, o, v.map.after(n.map[k], (*v.owner)[o].rank), v.space};
}

/// An elementwise node, rewritten in its turn: over the dimensions of its operands where they all
/// are seen through one map, so that nothing is computed once for each repetition; else over the
/// first one's space.
template <class Value>  // so that this header compiles alone: the rules call back
constexpr Value make_node(opcode operation, kink_policy policy, Value const* const* operands,
                          int count) {
  value const& first = *operands[0];
  graph& g = *first.owner;
  shape const own = node_of(first).result_shape();
  bool one_map = true;
  for (int k = 1; k < count; ++k)
    one_map =
        one_map && operands[k]->map == first.map && node_of(*operands[k]).result_shape() == own;
  node n;
  n.operation = operation;
  n.arity = static_cast<std::uint8_t>(count);
  n.policy = policy;
  n.iteration = one_map ? own : first.space;
  n.rank = n.iteration.rank;
  for (int k = 0; k < count; ++k) {
    n.operand[k] = operands[k]->index;
    n.map[k] = one_map ? axis_map::identity(n.rank) : operands[k]->map;
  }
  int const made = insert_rewritten(g, n);
  if (g.is_constant(made)) return {&g, made, {}, first.space};
  return {&g, made, one_map ? first.map : axis_map::identity(n.rank), first.space};
}

template <class Op>
constexpr value make(kink_policy policy, value const& a) {
  value const* const all[]{&a};
  return make_node(code<Op>, policy, all, 1);
}
template <class Op>
constexpr value make(kink_policy policy, value const& a, value const& b) {
  value const* const all[]{&a, &b};
  return make_node(code<Op>, policy, all, 2);
}
template <class Op>
constexpr value make(value const& a) {
  return make<Op>(kink_policy{}, a);
}
template <class Op>
constexpr value make(value const& a, value const& b) {
  return make<Op>(kink_policy{}, a, b);
}
template <class Op>
constexpr value make(value const& a, value const& b, value const& c) {
  value const* const all[]{&a, &b, &c};
  return make_node(code<Op>, {}, all, 3);
}

template <class Value>
constexpr Value times(Value const& v, double factor) {
  if (factor == 1.0) return v;
  return factor == -1.0 ? make<op::neg>(v) : make<op::mul>(v, v.number(factor));
}

/// Whether b is the negative of a for every value, in one of the forms that people write: -a, or
/// y - x beside x - y, which rounds to the same magnitude.
constexpr bool opposite(value const& a, value const& b) {
  if (is<op::neg>(b) && same(operand(b, 0), a)) return true;
  if (is<op::neg>(a) && same(operand(a, 0), b)) return true;
  return is<op::sub>(a) && is<op::sub>(b) && same(operand(a, 0), operand(b, 1)) &&
         same(operand(a, 1), operand(b, 0));
}

/// The operand that stands beside the constant `x` in an operation of two, else absent.
constexpr value beside(value const& v, double x) {
  if (is_number(operand(v, 1), x)) return operand(v, 0);
  if (is_number(operand(v, 0), x)) return operand(v, 1);
  return {};
}

}  // namespace rewrites
}  // namespace ramp::pass
