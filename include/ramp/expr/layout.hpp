// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/reduction.hpp>

namespace ramp {
namespace detail {

template <int... Extents>
constexpr shape make_shape() {
  shape s;
  ((s[s.rank++] = Extents), ...);
  return s;
}

template <int... Extents>
struct reshape_to {
  static constexpr shape target = make_shape<Extents...>();
  static constexpr shape result(shape const&) { return target; }
  static constexpr bool accepts(shape const& s) { return s.elements() == target.elements(); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.reshaped(operands[0], target);
  }
};

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

template <int Axis>
struct concatenate_along {
  template <class... Shapes>
  static constexpr shape result(shape first, Shapes const&... rest) {
    ((first[Axis] += rest[Axis]), ...);
    return first;
  }
  template <class... Shapes>
  static constexpr bool accepts(shape const& first, Shapes const&... rest) {
    return Axis < first.rank &&
           ((rest.rank == first.rank && rest.without(Axis) == first.without(Axis)) && ...);
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    value all = operands[0];
    for (std::size_t i = 1; i < N; ++i) {
      shape const s = result(all.space, operands[i].space);
      all = b.moved<op::concatenate>(std::array{all, operands[i]}, {Axis, all.space[Axis]}, s);
    }
    return all;
  }
};

/// Axes are aligned at the end; an extent of 1 repeats, like an axis that is not there.
template <int... Extents>
struct broadcast_to {
  static constexpr shape target = make_shape<Extents...>();
  static constexpr shape result(shape const&) { return target; }
  static constexpr bool accepts(shape const& s) {
    if (s.rank > target.rank) return false;
    for (int d = 0; d < s.rank; ++d)
      if (s[d] != 1 && s[d] != target[d + target.rank - s.rank]) return false;
    return true;
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const s = operands[0].space;
    shape kept;
    axis_map m;
    for (int d = 0; d < s.rank; ++d) {
      int const to = d + target.rank - s.rank;
      if (s[d] == 1 && target[to] != 1) continue;
      m.set(kept.rank, to);
      kept[kept.rank++] = s[d];
    }
    value const v = b.reshaped(operands[0], kept);
    return {v.owner, v.index, m.after(v.map, b.graph[v.index].rank), target};
  }
};

template <class First, class Other, int FirstDimensions, int OtherDimensions>
constexpr void require_one_rank() {
  static_assert(equal_dimensions<First, Other, FirstDimensions, OtherDimensions>,
                "ramp: concatenate joins tensors with the same number of dimensions; these are the "
                "two numbers. Use reshape<...>(x)");
}
template <class First, class Other, int FirstExtent, int OtherExtent>
constexpr void require_joint() {
  static_assert(equal_extents<First, Other, FirstExtent, OtherExtent>,
                "ramp: concatenate joins tensors that differ in the extent of one axis only, "
                "axis<0> unless another is named; the two numbers are extents of another axis. Use "
                "slice or another axis");
}
template <int Axis, class First, class Other>
constexpr void require_alike() {
  if constexpr (expression<First> && expression<Other>) {
    constexpr int first = First::shape_of.rank;
    constexpr int other = Other::shape_of.rank;
    if constexpr (first != other) require_one_rank<First, Other, first, other>();
    else if constexpr (Axis < first) {
      constexpr shape a = First::shape_of.without(Axis);
      constexpr shape b = Other::shape_of.without(Axis);
      constexpr int differs = first_difference(a, b);
      require_joint<First, Other, a[differs], b[differs]>();
    }
  }
}

template <class A, int Given, int Wanted>
inline constexpr bool equal_elements = Given == Wanted;
template <class A, int Index, int Extent>
inline constexpr bool is_index = 0 <= Index && Index < Extent;
template <class A, int... Extents>
inline constexpr bool can_be_repeated_to = broadcast_to<Extents...>::accepts(A::shape_of);

template <class A, int Given, int Wanted>
constexpr void require_elements() {
  static_assert(equal_elements<A, Given, Wanted>,
                "ramp: reshape<...>(a) keeps the number of elements; the two numbers are those of "
                "a and of the shape that was asked for");
}
template <class A, int Index, int Extent>
constexpr void require_index() {
  static_assert(is_index<A, Index, Extent>,
                "ramp: slice<axis, first, count, step>(a) reads beyond the axis; the two numbers "
                "are the index, first or first + (count - 1) * step, and the extent of the axis");
}

template <int Axis, class First, class... Rest>
constexpr auto concatenate(First const& first, Rest const&... rest) {
  require_axis<First, Axis>();
  (require_alike<Axis, First, Rest>(), ...);
  return call<concatenate_along<Axis>>(first, rest...);
}

}  // namespace detail

/// The same elements in row-major order: `reshape<2, 3>(v)`.
template <int... Extents, operand A>
constexpr auto reshape(A const& a) {
  static_assert(sizeof...(Extents) <= max_rank && ((Extents > 0) && ...),
                "ramp: reshape<...> takes up to 4 extents, each at least 1");
  if constexpr (expression<A>)
    detail::require_elements<A, A::shape_of.elements(), (1 * ... * Extents)>();
  return detail::call<detail::reshape_to<Extents...>>(a);
}

/// `slice<Axis, First, Count>(a)`: elements First to First + Count - 1 along one axis;
/// `slice<Axis, First, Count, Step>(a)`: First, First + Step, ... A negative step reverses them.
template <int Axis, int First, int Count, int Step = 1, operand A>
constexpr auto slice(A const& a) {
  static_assert(Count > 0 && Step != 0,
                "ramp: slice<axis, first, count, step>(a) is not empty, and its step is not 0");
  detail::require_axis<A, Axis>();
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
  detail::require_axis<A, Axis>();
  return detail::call<detail::pad_with_zeros<Axis, Before, After>>(a);
}

/// One after the other along the first axis: `concatenate(a, b, c)`.
template <operand First, operand... Rest>
constexpr auto concatenate(First const& first, Rest const&... rest) {
  return detail::concatenate<0>(first, rest...);
}
/// Along another axis: `concatenate(axis<1>, a, b, c)`.
template <int Axis, operand First, operand... Rest>
constexpr auto concatenate(axes<Axis>, First const& first, Rest const&... rest) {
  return detail::concatenate<Axis>(first, rest...);
}

/// `broadcast<3, 4>(a)`: repeated along the axes that a lacks in front, and along those where its
/// extent is 1. Moves nothing.
template <int... Extents, operand A>
constexpr auto broadcast(A const& a) {
  if constexpr (expression<A>)
    static_assert(detail::can_be_repeated_to<A, Extents...>,
                  "ramp: broadcast<...>(a) repeats a along new axes in front and along axes of "
                  "extent 1; the other extents of a must be the last ones that were asked for");
  return detail::call<detail::broadcast_to<Extents...>>(a);
}

}  // namespace ramp
