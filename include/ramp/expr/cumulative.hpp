// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

template <class Op, int Direction, int... Axis>
struct scan_along {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr bool accepts(shape const& s) { return s.rank > 0 && axes_exist<Axis...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const& s = operands[0].space;
    return b.moved<Op>(operands, {one_axis<Axis...>(s), 0, Direction}, s);
  }
};

}  // namespace detail

/// Element i along an axis, the last unless named, is the sum of elements 0 to i;
/// `cumulative_sum<-1>(a)`: of element i and those that follow. Summed in order. Cost: linear.
template <int Direction = 1, operand A, int... Axis>
constexpr auto cumulative_sum(A const& a, axes<Axis...> = {}) {
  static_assert(Direction == 1 || Direction == -1,
                "ramp: cumulative_sum<direction>(a) begins with the first element for 1, with the "
                "last one for -1");
  detail::require_an_axis<A>();
  detail::require_one_axis<Axis...>();
  detail::require_axes<A, Axis...>();
  return detail::call<detail::scan_along<op::cumulative_sum, Direction, Axis...>>(a);
}

}  // namespace ramp
