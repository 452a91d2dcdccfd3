// SPDX-License-Identifier: BSL-1.0
#pragma once

// The part of graph::insert that is about operations that move elements. Included by ir/graph.hpp.

#include <ramp/ir/graph.hpp>

namespace ramp::ir {

constexpr int graph::insert_layout(node& n) {
  node const& source = (*this)[n.operand[0]];
  shape const from = source.result_shape();
  bool const same_shape = from == n.result_shape();
  if (n.is(code<op::view>))
    return same_shape && n.map[0] == axis_map::identity(n.rank) ? n.operand[0] : intern(n);
  if (n.is(code<op::reshape>)) {
    // the elements stay in their order however often they are given another shape
    if (source.is(code<op::reshape>)) n.operand[0] = source.operand[0];
    return (*this)[n.operand[0]].result_shape() == n.result_shape() ? n.operand[0] : intern(n);
  }
  if (!n.is(code<op::slice>) && !n.is(code<op::pad>)) return intern(n);

  auto const [axis, first, step] = n.attribute.at;
  bool const slices = n.is(code<op::slice>);
  if ((slices ? n.extent(axis) : from[axis]) == 1) n.attribute[2] = 1;  // any step is the same
  if (same_shape && n.attribute[2] == 1) return n.operand[0];
  if (source.operation != n.operation || source.attribute[0] != axis) return intern(n);
  // a slice of a slice reads, and a pad of a pad writes, at a linear function of a linear function
  auto const [inner_axis, inner_first, inner_step] = source.attribute.at;
  n.attribute[1] = slices ? inner_first + first * inner_step : first + inner_first * step;
  n.attribute[2] = step * inner_step;
  n.operand[0] = source.operand[0];
  return insert_layout(n);
}

}  // namespace ramp::ir
