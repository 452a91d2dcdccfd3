// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

/// The row-major number of an element among those along the dimensions in `set`.
constexpr value numbered(builder& b, shape const& space, unsigned set) {
  value number;
  int stride = 1;
  for (int d = space.rank - 1; d >= 0; --d) {
    if ((set >> d & 1u) == 0) continue;
    value const along = b.placed({ir::value_of(b.graph, b.graph.iota(space[d])), {d}}, space);
    value const term = b.apply<op::mul>(along, b.number(stride));
    number = number.absent() ? term : b.apply<op::add>(number, term);
    stride *= space[d];
  }
  return number;
}

/// The smallest number of an element that is equal to the extreme one. A NaN equals nothing, but
/// the extreme one is NaN then, and so is the result.
template <class Extreme, int... Axes>
struct place_of_extreme {
  static constexpr shape result(shape const& s) { return without_axes(s, axis_set<Axes...>(s)); }
  static constexpr bool accepts(shape const& s) { return s.rank > 0 && axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    value const& v = operands[0];
    unsigned const set = axis_set<Axes...>(v.space);
    value const extreme = b.apply<op::stop_gradient>(b.fold<Extreme>(v, set));
    value const hit = b.apply<op::equal>(v, b.unfold(extreme, set, v.space));
    value const place = b.apply<op::where>(hit, numbered(b, v.space, set),
                                           b.number(v.space.elements()));
    return b.apply<op::where>(b.apply<op::equal>(extreme, extreme),
                              b.fold<op::reduce_min>(place, set), extreme);
  }
};

template <class A>
inline constexpr bool has_places = rank_of<A>() > 0;

template <class A>
constexpr auto require_places() {
  if constexpr (expression<A>)
    static_assert(has_places<A>, "ramp: argmax(a) and argmin(a) tell the place of an element in a "
                                 "tensor; the operand is a scalar");
}

}  // namespace detail

/// The place of the largest element, counted from 0, as a number: the first of those that tie, NaN
/// if an element is NaN. Over several axes, or all, elements are counted in row-major order. Has no
/// derivative. Exact as far as the element type counts, to 2^24 in float.
template <operand A, int... Axes>
constexpr auto argmax(A const& a, axes<Axes...> = {}) {
  detail::require_places<A>();
  detail::require_axes<A, Axes...>();
  return detail::call<detail::place_of_extreme<op::reduce_max, Axes...>>(a);
}
/// The place of the smallest element.
template <operand A, int... Axes>
constexpr auto argmin(A const& a, axes<Axes...> = {}) {
  detail::require_places<A>();
  detail::require_axes<A, Axes...>();
  return detail::call<detail::place_of_extreme<op::reduce_min, Axes...>>(a);
}

}  // namespace ramp
