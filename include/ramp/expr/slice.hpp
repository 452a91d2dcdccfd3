// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

template <int Axis, int First, int Count, int Step>
struct slice_of {
  static constexpr shape result(shape s) {
    s[Axis] = Count;
    return s;
  }
  static constexpr bool accepts(shape const& s) {
    if (Axis >= s.rank) return false;
    constexpr int last = First + (Count - 1) * Step;
    return First >= 0 && First < s[Axis] && last >= 0 && last < s[Axis];
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.moved<op::slice>(operands, {Axis, First, Step}, result(operands[0].space));
  }
};

template <int... Axes>
struct flip_along {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr bool accepts(shape const& s) { return axes_exist<Axes...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    value v = operands[0];
    shape const s = v.space;
    for (int d = 0; d < s.rank; ++d)
      if ((axis_set<Axes...>(s) >> d & 1u) != 0)
        v = b.moved<op::slice>(std::array{v}, {d, s[d] - 1, -1}, s);
    return v;
  }
};

template <int Axis, int Before, int After>
struct pad_with_zeros {
  static constexpr shape result(shape s) {
    s[Axis] += Before + After;
    return s;
  }
  static constexpr bool accepts(shape const& s) { return Axis < s.rank; }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.moved<op::pad>(operands, {Axis, Before, 1}, result(operands[0].space));
  }
};

template <class A, int Index, int Extent>
inline constexpr bool is_index = 0 <= Index && Index < Extent;

template <class A, int Index, int Extent>
constexpr auto require_index() {
  static_assert(is_index<A, Index, Extent>,
                "ramp: slice<axis, first, count, step>(a) reads beyond the axis; the two numbers "
                "are the index, first or first + (count - 1) * step, and the extent of the axis");
}

}  // namespace detail

/// `slice<Axis, First, Count>(a)`: elements First to First + Count - 1 along one axis;
/// `slice<Axis, First, Count, Step>(a)`: First, First + Step, ... A negative step reverses them.
template <int Axis, int First, int Count, int Step = 1, operand A>
constexpr auto slice(A const& a) {
  static_assert(Count > 0 && Step != 0,
                "ramp: slice<axis, first, count, step>(a) is not empty, and its step is not 0");
  detail::require_axes<A, Axis>();
  if constexpr (0 <= Axis && Axis < detail::rank_of<A>()) {
    detail::require_index<A, First, A::shape_of[Axis]>();
    detail::require_index<A, First + (Count - 1) * Step, A::shape_of[Axis]>();
  }
  return detail::call<detail::slice_of<Axis, First, Count, Step>>(a);
}

/// In reverse order along some axes, or along all of them.
template <operand A, int... Axes>
constexpr auto flip(A const& a, axes<Axes...> = {}) {
  detail::require_axes<A, Axes...>();
  return detail::call<detail::flip_along<Axes...>>(a);
}

/// `pad<Axis, Before, After>(a)`: with so many zeros before and after along one axis.
template <int Axis, int Before, int After, operand A>
constexpr auto pad(A const& a) {
  static_assert(Before >= 0 && After >= 0,
                "ramp: pad<axis, before, after>(a) adds zeros, so neither number is negative. Use "
                "slice to take elements away");
  detail::require_axes<A, Axis>();
  return detail::call<detail::pad_with_zeros<Axis, Before, After>>(a);
}

}  // namespace ramp
