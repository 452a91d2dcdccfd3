// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules for nested maxima and minima.

#include <array>
#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/pass/rewrite_pattern.hpp>

namespace ramp::pass::rewrites {

/// `v` with a dimension of extent 1 before its own.
constexpr value stacked(value const& v) {
  node n;
  n.operation = code<op::reshape>;
  n.arity = 1;
  n.operand[0] = ir::full(v);
  n.rank = n.iteration.rank = v.space.rank + 1;
  n.iteration[0] = 1;
  for (int d = 0; d < v.space.rank; ++d) n.iteration[d + 1] = v.space[d];
  return ir::value_of(*v.owner, v.owner->insert(n));
}

/// One stack after the other.
constexpr value concatenated(value const& a, value const& b) {
  node n;
  n.operation = code<op::concatenate>;
  n.arity = 2;
  n.operand = {a.index, b.index, -1};
  n.iteration = a.space;
  n.rank = a.space.rank;
  n.attribute = {0, a.space[0]};
  n.iteration[0] += b.space[0];
  return ir::value_of(*a.owner, a.owner->insert(n));
}

/// The parts that a stack is made of, one after the other.
constexpr void add_parts(list<value>& parts, value const& stack) {
  if (is<op::concatenate>(stack) && node_of(stack).attribute[0] == 0) {
    add_parts(parts, ir::value_of(*stack.owner, node_of(stack).operand[0]));
    add_parts(parts, ir::value_of(*stack.owner, node_of(stack).operand[1]));
  } else {
    parts.push_back(stack);
  }
}

/// The stack whose maximum `v` is, if it is one over a first dimension of its own.
template <class Reduce>
constexpr value stack_of(value const& v) {
  node const& n = node_of(v);
  if (!n.is(code<Reduce>) || n.reduced() != 1 || n.rank != v.space.rank ||
      v.map != axis_map::identity(n.rank))
    return {};
  value const source = ir::value_of(*v.owner, n.operand[0]);
  if (source.space.rank != n.iteration.rank || n.map[0][0] != n.rank) return {};
  for (int d = 1; d < source.space.rank; ++d)
    if (n.map[0][d] != d - 1) return {};
  return source;
}

/// max(max(a, b), c) -> the maximum over a stack of all: k that tie share the derivative evenly,
/// which no nesting of shares of two could do. An operand that is there already is left out, so
/// max(max(a, b), a) -> max(a, b). Not where one is a constant: the tie is relu's then.
template <class Binary, class Reduce>
constexpr value flattened(value const& v) {
  std::array<value, 2> const sides{operand(v, 0), operand(v, 1)};
  kink_policy const policy = policy_of(v);
  auto is_pair = [&](value const& x) {
    return is<Binary>(x) && policy_of(x) == policy && !is<op::constant>(operand(x, 0)) &&
           !is<op::constant>(operand(x, 1));
  };
  auto stack_in = [&](value const& x) {
    return policy_of(x) == policy ? stack_of<Reduce>(x) : value{};
  };
  bool nested = false;
  for (value const& x : sides) {
    if (is<op::constant>(x)) return {};
    nested = nested || is_pair(x) || !stack_in(x).absent();
  }
  if (!nested || v.space.rank > max_rank) return {};
  std::array<list<value>, 2> parts;
  for (std::size_t k = 0; k < 2; ++k) {
    value const& x = sides[k];
    if (value const stack = stack_in(x); !stack.absent())
      add_parts(parts[k], stack);
    else if (is_pair(x))
      parts[k] = {stacked(operand(x, 0)), stacked(operand(x, 1))};
    else
      parts[k] = {stacked(x)};
  }
  auto has = [](list<value> const& all, value const& one) {
    for (value const& x : all)
      if (x.index == one.index) return true;  // equal parts are one node
    return false;
  };
  for (std::size_t k = 0; k < 2; ++k) {
    bool covers = true;
    for (value const& x : parts[1 - k]) covers = covers && has(parts[k], x);
    if (covers) return sides[k];
  }
  value all;
  for (std::size_t k = 0; k < 2; ++k)
    for (value const& x : parts[k])
      if (k == 0 || !has(parts[0], x)) all = all.absent() ? x : concatenated(all, x);
  axis_map kept;
  for (int d = 0; d < v.space.rank; ++d) kept.set(d, d + 1);
  return ir::reduce_to<Reduce>(all, kept, v.space.rank, policy);
}

constexpr value nested_max(value const& v) { return flattened<op::max, op::reduce_max>(v); }
constexpr value nested_min(value const& v) { return flattened<op::min, op::reduce_min>(v); }

}  // namespace ramp::pass::rewrites

// which defines what the rules call
#include <ramp/pass/rewrite_rules.hpp>
