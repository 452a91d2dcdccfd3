// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the rules of pass/rewrite_rules.hpp are written with.

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
/// are seen through one map, so that nothing is computed once for each repetition; else over
/// `first`'s space.
template <class Op, class... Values>
constexpr value make(kink_policy policy, value const& first, Values const&... rest) {
  graph& g = *first.owner;
  std::array<value const*, sizeof...(rest) + 1> const all{&first, &rest...};
  shape const own = node_of(first).result_shape();
  bool one_map = true;
  for (value const* x : all)
    one_map = one_map && x->map == first.map && node_of(*x).result_shape() == own;
  node n;
  n.operation = code<Op>;
  n.arity = static_cast<std::uint8_t>(all.size());
  n.policy = policy;
  n.iteration = one_map ? own : first.space;
  n.rank = n.iteration.rank;
  for (std::size_t k = 0; k < all.size(); ++k) {
    n.operand[k] = all[k]->index;
    n.map[k] = one_map ? axis_map::identity(n.rank) : all[k]->map;
  }
  int const made = insert_rewritten(g, n);
  if (g.is_constant(made)) return {&g, made, {}, first.space};
  return {&g, made, one_map ? first.map : axis_map::identity(n.rank), first.space};
}
template <class Op, class... Values>
constexpr value make(value const& first, Values const&... rest) {
  return make<Op>(kink_policy{}, first, rest...);
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

// which defines what this declares
#include <ramp/pass/rewrite_rules.hpp>
