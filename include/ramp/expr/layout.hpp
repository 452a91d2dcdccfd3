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

template <int Axis, int First, int Count>
struct slice_of {
  static constexpr shape result(shape s) {
    s[Axis] = Count;
    return s;
  }
  static constexpr bool accepts(shape const& s) {
    return Axis < s.rank && First >= 0 && First + Count <= s[Axis];
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const s = result(operands[0].space);
    if (s == operands[0].space) return operands[0];
    return b.moved<op::slice>(operands, Axis, First, s);
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
      all = b.moved<op::concatenate>(std::array{all, operands[i]}, Axis, all.space[Axis], s);
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

template <int Axis, class First, class Other>
constexpr void require_alike() {
  if constexpr (expression<First> && expression<Other>) {
    constexpr int first_rank = First::shape_of.rank;
    constexpr int other_rank = Other::shape_of.rank;
    static_assert(first_rank == other_rank,
                  "ramp: concatenate joins tensors with the same number of dimensions. Use "
                  "reshape<...>(x)");
    if constexpr (first_rank == other_rank && Axis < first_rank) {
      constexpr int differs = [] {
        for (int d = 0; d < first_rank; ++d)
          if (d != Axis && First::shape_of[d] != Other::shape_of[d]) return d;
        return -1;
      }();
      constexpr int first = differs < 0 ? 0 : First::shape_of[differs < 0 ? 0 : differs];
      constexpr int other = differs < 0 ? 0 : Other::shape_of[differs < 0 ? 0 : differs];
      static_assert(first == other,
                    "ramp: concatenate joins tensors that differ in the extent of one axis only, "
                    "axis<0> unless another is named; here another extent differs. Use slice or "
                    "another axis");
    }
  }
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
  if constexpr (expression<A>) {
    constexpr int given = A::shape_of.elements();
    constexpr int wanted = (1 * ... * Extents);
    static_assert(given == wanted, "ramp: reshape<...>(a) keeps the number of elements; the first "
                                   "number is that of a, the second what was asked for");
  }
  return detail::call<detail::reshape_to<Extents...>>(a);
}

/// `slice<Axis, First, Count>(a)`: elements First to First + Count - 1 along one axis.
template <int Axis, int First, int Count, operand A>
constexpr auto slice(A const& a) {
  static_assert(First >= 0 && Count > 0,
                "ramp: slice<axis, first, count>(a) starts at 0 or later and is not empty");
  detail::require_axis<A, Axis>();
  if constexpr (Axis < detail::rank_of<A>()) {
    constexpr int end = First + Count;
    constexpr int extent = A::shape_of[Axis];
    static_assert(end <= extent, "ramp: slice<axis, first, count>(a) ends beyond the axis: the "
                                 "first number is first + count, the second the extent");
  }
  return detail::call<detail::slice_of<Axis, First, Count>>(a);
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
    static_assert(detail::broadcast_to<Extents...>::accepts(A::shape_of),
                  "ramp: broadcast<...>(a) repeats a along new axes in front and along axes of "
                  "extent 1; the other extents of a must be the last ones that were asked for");
  return detail::call<detail::broadcast_to<Extents...>>(a);
}

}  // namespace ramp
