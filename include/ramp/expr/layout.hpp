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
    for (std::size_t i = 1; i < N; ++i) all = b.joined(Axis, all, operands[i]);
    return all;
  }
};

/// A shape with one more axis.
constexpr shape with_axis(shape const& s, int axis, int extent) {
  shape result;
  for (int d = 0; d <= s.rank; ++d)
    result = result.appended(d < axis ? s[d] : d == axis ? extent : s[d - 1]);
  return result;
}

template <int Axis>
struct stack_along {
  template <class... Shapes>
  static constexpr shape result(shape const& first, Shapes const&...) {
    return with_axis(first, Axis, 1 + static_cast<int>(sizeof...(Shapes)));
  }
  template <class... Shapes>
  static constexpr bool accepts(shape const& first, Shapes const&... rest) {
    return Axis <= first.rank && first.rank < max_rank && ((rest == first) && ...);
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    value all;
    for (value const& v : operands) {
      value const one = b.reshaped(v, with_axis(v.space, Axis, 1));
      all = all.absent() ? one : b.joined(Axis, all, one);
    }
    return all;
  }
};

/// Whole axes in turn, or each element in turn.
template <int Count, bool Each, int Axis>
struct repeat_along {
  static constexpr shape result(shape s) {
    s[Axis] *= Count;
    return s;
  }
  static constexpr bool accepts(shape const& s) { return axes_exist<Axis>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    constexpr int added = Each ? Axis + 1 : Axis;
    value const& v = operands[0];
    factor f{v, {}};
    for (int d = 0; d < v.space.rank; ++d)
      f.along[static_cast<std::size_t>(d)] = d < added ? d : d + 1;
    return b.reshaped(b.placed(f, with_axis(v.space, added, Count)), result(v.space));
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

/// What `concatenate` compares: the shapes without the axis that it joins along.
template <int Axis, class First, class Other>
constexpr shape_pair joint_pair() {
  if constexpr (expression<First> && expression<Other>) {
    constexpr shape a = First::shape_of;
    constexpr shape b = Other::shape_of;
    if (a.rank != b.rank) return pair_of(a, b);
    if (axes_exist<Axis>(a)) return pair_of(a.without(Axis), b.without(Axis));
  }
  return {};
}
template <int Axis, class First, class Other,
          int FirstDimensions = joint_pair<Axis, First, Other>().left_dimensions,
          int OtherDimensions = joint_pair<Axis, First, Other>().right_dimensions,
          int FirstExtent = joint_pair<Axis, First, Other>().left_extent,
          int OtherExtent = joint_pair<Axis, First, Other>().right_extent>
constexpr auto require_joint() {
  static_assert(equal_dimensions<First, Other, FirstDimensions, OtherDimensions>,
                "ramp: concatenate joins tensors with the same number of dimensions; these are the "
                "two numbers. Use reshape<...>(x)");
  static_assert(equal_extents<First, Other, FirstExtent, OtherExtent>,
                "ramp: concatenate joins tensors that differ in the extent of one axis only, "
                "axis<0> unless another is named; the two numbers are extents of another axis. Use "
                "slice or another axis");
}

/// What `stack` compares.
template <class First, class Other>
constexpr shape_pair stacked_pair() {
  if constexpr (expression<First> && expression<Other>)
    return pair_of(First::shape_of, Other::shape_of);
  else return {};
}
template <class First, class Other,
          int FirstDimensions = stacked_pair<First, Other>().left_dimensions,
          int OtherDimensions = stacked_pair<First, Other>().right_dimensions,
          int FirstExtent = stacked_pair<First, Other>().left_extent,
          int OtherExtent = stacked_pair<First, Other>().right_extent>
constexpr auto require_stackable() {
  static_assert(equal_dimensions<First, Other, FirstDimensions, OtherDimensions>,
                "ramp: stack takes tensors of one shape; the two numbers are their dimensions. "
                "concatenate joins along an axis that they have");
  static_assert(equal_extents<First, Other, FirstExtent, OtherExtent>,
                "ramp: stack takes tensors of one shape; the two numbers are extents that differ. "
                "concatenate joins along an axis that they have");
}
template <class A, int Axis, int Dimensions>
inline constexpr bool can_be_added = 0 <= Axis && Axis <= Dimensions && Dimensions < max_rank;
template <class A, int Axis, int Dimensions = most_axes<A>()>
constexpr auto require_new_axis() {
  if constexpr (expression<A>)
    static_assert(can_be_added<A, Axis, Dimensions>,
                  "ramp: stack(axis<d>, a, b) makes a new axis d, at most as high as the number of "
                  "dimensions of a, which may be up to 3; these are the two numbers");
  else require_axes<A, Axis>();
}

template <class A, int... Extents>
inline constexpr bool are_extents = sizeof...(Extents) <= max_rank && ((Extents > 0) && ...) &&
                                    (1.0 * ... * Extents) <= max_elements;
template <class A, int... Extents>
constexpr auto require_extents() {
  static_assert(are_extents<A, Extents...>,
                "ramp: reshape<...>(a) and broadcast<...>(a) take up to 4 extents, each at least "
                "1, of at most 2147483647 elements; the numbers are those extents. Correct them, "
                "or join dimensions");
}

template <class A, int Given, int Wanted>
inline constexpr bool equal_elements = Given == Wanted;
template <class A, int... Extents>
inline constexpr bool can_be_repeated_to = broadcast_to<Extents...>::accepts(A::shape_of);

template <class A, int Given, int Wanted>
constexpr auto require_elements() {
  static_assert(equal_elements<A, Given, Wanted>,
                "ramp: reshape<...>(a) keeps the number of elements; the two numbers are those of "
                "a and of the shape that was asked for");
}
template <int Count>
constexpr auto require_repetitions() {
  static_assert(Count > 0, "ramp: repeat<count>(a) and repeat_each<count>(a) repeat at least once");
}

}  // namespace detail

/// The same elements in row-major order: `reshape<2, 3>(v)`.
template <int... Extents, operand A>
constexpr auto reshape(A const& a) {
  detail::require_extents<A, Extents...>();
  if constexpr (expression<A> && detail::are_extents<A, Extents...>)
    detail::require_elements<A, A::shape_of.elements(), (1 * ... * Extents)>();
  return detail::call<detail::reshape_to<Extents...>>(a);
}

/// One after the other along the first axis: `concatenate(a, b, c)`.
template <operand First, operand... Rest>
constexpr auto concatenate(First const& first, Rest const&... rest) {
  detail::require_axes<First, 0>();
  (detail::require_joint<0, First, Rest>(), ...);
  return detail::call<detail::concatenate_along<0>>(first, rest...);
}
/// Along another axis: `concatenate(axis<1>, a, b, c)`.
template <int Axis, operand First, operand... Rest>
constexpr auto concatenate(axes<Axis>, First const& first, Rest const&... rest) {
  detail::require_axes<First, Axis>();
  (detail::require_joint<Axis, First, Rest>(), ...);
  return detail::call<detail::concatenate_along<Axis>>(first, rest...);
}

/// Side by side along a new first axis: `stack(a, b, c)` of three vectors is a matrix of three
/// rows, `stack(x, y)` of two numbers a vector.
template <operand First, operand... Rest>
constexpr auto stack(First const& first, Rest const&... rest) {
  detail::require_new_axis<First, 0>();
  (detail::require_stackable<First, Rest>(), ...);
  return detail::call<detail::stack_along<0>>(first, rest...);
}
/// Along a new axis elsewhere: `stack(axis<1>, a, b, c)`, the vectors as columns.
template <int Axis, operand First, operand... Rest>
constexpr auto stack(axes<Axis>, First const& first, Rest const&... rest) {
  detail::require_new_axis<First, Axis>();
  (detail::require_stackable<First, Rest>(), ...);
  return detail::call<detail::stack_along<Axis>>(first, rest...);
}

/// `repeat<3>(a)`: a, a and a, one after the other along the first axis, or another:
/// `repeat<3>(a, axis<1>)`.
template <int Count, operand A, int Axis = 0>
constexpr auto repeat(A const& a, axes<Axis> = {}) {
  detail::require_repetitions<Count>();
  detail::require_axes<A, Axis>();
  return detail::call<detail::repeat_along<Count, false, Axis>>(a);
}
/// `repeat_each<3>(a)`: each element along the axis three times before the next.
template <int Count, operand A, int Axis = 0>
constexpr auto repeat_each(A const& a, axes<Axis> = {}) {
  detail::require_repetitions<Count>();
  detail::require_axes<A, Axis>();
  return detail::call<detail::repeat_along<Count, true, Axis>>(a);
}

/// `broadcast<3, 4>(a)`: repeated along the axes that a lacks in front, and along those where its
/// extent is 1. Moves nothing.
template <int... Extents, operand A>
constexpr auto broadcast(A const& a) {
  detail::require_extents<A, Extents...>();
  if constexpr (expression<A> && detail::are_extents<A, Extents...>)
    static_assert(detail::can_be_repeated_to<A, Extents...>,
                  "ramp: broadcast<...>(a) repeats a along new axes in front and along axes of "
                  "extent 1; the other extents of a must be the last ones that were asked for");
  return detail::call<detail::broadcast_to<Extents...>>(a);
}

}  // namespace ramp
