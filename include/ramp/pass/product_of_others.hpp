// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/ir/value.hpp>

namespace ramp::pass::detail {

constexpr ir::value reshaped(ir::value const& v, shape const& s) {
  ir::node n;
  n.operation = ir::code<op::reshape>;
  n.arity = 1;
  n.rank = s.rank;
  n.iteration = s;
  n.operand[0] = ir::full(v);
  return ir::value_of(*v.owner, v.owner->insert(n));
}

/// The elements with the same first `kept` indices, one after the other along the last axis.
constexpr ir::value flattened(ir::value const& v, int kept) {
  shape flat;
  int count = 1;
  for (int d = 0; d < v.space.rank; ++d) {
    if (d < kept) flat = flat.appended(v.space[d]);
    else count *= v.space[d];
  }
  return reshaped(v, flat.appended(count));
}

/// Elements `first`, `first` + step, ... of the last axis.
constexpr ir::value last_axis_slice(ir::value const& v, int first, int count, int step = 1) {
  ir::node n;
  n.operation = ir::code<op::slice>;
  n.arity = 1;
  n.rank = v.space.rank;
  n.iteration = v.space;
  n.iteration[n.rank - 1] = count;
  n.operand[0] = ir::full(v);
  n.attribute = {n.rank - 1, first, step};
  return ir::value_of(*v.owner, v.owner->insert(n));
}

/// One after the other along the last axis.
constexpr ir::value last_axis_joined(ir::value const& a, ir::value const& b) {
  int const axis = a.space.rank - 1;
  ir::node n;
  n.operation = ir::code<op::concatenate>;
  n.arity = 2;
  n.rank = a.space.rank;
  n.iteration = a.space;
  n.iteration[axis] += b.space[axis];
  n.operand = {ir::full(a), ir::full(b), -1};
  n.attribute = {axis, a.space[axis]};
  return ir::value_of(*a.owner, a.owner->insert(n));
}

/// For each element along the last axis the product of the others.
constexpr ir::value product_of_others_along(ir::value const& v) {
  int const count = v.space[v.space.rank - 1];
  if (count == 1) return v.number(1.0);
  if (count == 2) return last_axis_slice(v, 1, 2, -1);
  // 1. elements in pairs, one of the first half and one of the second
  int const half = count / 2;
  bool const odd = count % 2 != 0;
  ir::value const a = last_axis_slice(v, 0, half);
  ir::value const b = last_axis_slice(v, half, half);
  ir::value pairs = a * b;
  if (odd) pairs = last_axis_joined(pairs, last_axis_slice(v, count - 1, 1));
  // 2. what is not in an element's pair, times the other one of the pair
  ir::value const rest = product_of_others_along(pairs);
  ir::value const rest_of_pairs = last_axis_slice(rest, 0, half);
  ir::value const all = last_axis_joined(rest_of_pairs * b, rest_of_pairs * a);
  return odd ? last_axis_joined(all, last_axis_slice(rest, half, 1)) : all;
}

/// For each element of v the product of those that have the same first `kept` indices, itself left
/// out: a tree of products without a division. Cost: 3 products an element, and 7 nodes for each of
/// log2(n) levels of n factors, 11 where their number is odd.
constexpr ir::value product_of_others(ir::value const& v, int kept) {
  ir::value others = product_of_others_along(flattened(v, kept));
  // of one factor it is a number for all elements, which has none to reshape
  if (!v.owner->is_constant(others.index)) return reshaped(others, v.space);
  others.space = v.space;
  return others;
}

}  // namespace ramp::pass::detail
