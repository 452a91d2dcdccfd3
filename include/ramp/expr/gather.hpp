// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>

namespace ramp {
namespace detail {

/// Elements at constant places of one axis: a slice for each run of places that are equally far
/// from each other.
template <int Axis, int... Places>
struct gather_places {
  static constexpr int count = static_cast<int>(sizeof...(Places));
  static constexpr shape result(shape s) {
    s[Axis] = count;
    return s;
  }
  static constexpr bool accepts(shape const& s) {
    return axes_exist<Axis>(s) && ((0 <= Places && Places < s[Axis]) && ...);
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    constexpr int place[] = {Places...};
    value all;
    for (int first = 0, end = 1; first < count; first = end, end = first + 1) {
      int const step = end < count ? place[end] - place[first] : 0;
      while (step != 0 && end < count && place[end] - place[end - 1] == step) ++end;
      shape s = operands[0].space;
      s[Axis] = end - first;
      value const run = b.moved<op::slice>(operands, {Axis, place[first], step == 0 ? 1 : step}, s);
      all = all.absent() ? run : b.joined(Axis, all, run);
    }
    return all;
  }
};

/// `v` compared with 0, 1, 2 ... along dimension `along` of `space`.
constexpr value places_hit(builder& b, value const& v, int along, shape const& space) {
  value const numbers = ir::value_of(b.graph, b.graph.iota(space[along]));
  return b.apply<op::equal>(b.placed({numbers, {along}}, space), v);
}

/// Operands: a, indices. What is not at the place does not enter the sum, so a NaN elsewhere is not
/// seen. The place is compared with all, as the derivative needs it anyway.
template <int Axis>
struct gather_along {
  static constexpr shape result(shape const& a, shape const& indices) {
    shape s;
    for (int d = 0; d < a.rank; ++d) {
      if (d != Axis) s = s.appended(a[d]);
      else for (int e = 0; e < indices.rank; ++e) s = s.appended(indices[e]);
    }
    return s;
  }
  static constexpr bool accepts(shape const& a, shape const& indices) {
    return axes_exist<Axis>(a) && a.rank - 1 + indices.rank <= max_rank;
  }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    auto const& [a, indices] = operands;
    shape const out = result(a.space, indices.space);
    shape const space = out.appended(a.space[Axis]);  // the place comes last
    factor elements{a, {}};
    factor wanted{indices, {}};
    for (int d = 0; d < a.space.rank; ++d)
      elements.along[static_cast<std::size_t>(d)] =
          d == Axis ? out.rank : d < Axis ? d : d - 1 + indices.space.rank;
    for (int d = 0; d < indices.space.rank; ++d)
      wanted.along[static_cast<std::size_t>(d)] = Axis + d;
    value const hit = places_hit(b, b.placed(wanted, space), out.rank, space);
    value const chosen = b.apply<op::where>(hit, b.placed(elements, space), b.number(0.0));
    value const sum = b.fold<op::sum>(chosen, 1u << out.rank);
    if (b.is_label(indices)) return sum;
    // a NaN is no index, and not an element 0 either
    value const index = b.placed(wanted, out);
    return b.apply<op::where>(b.apply<op::equal>(index, index), sum,
                              b.apply<op::stop_gradient>(index));
  }
};

template <int Count>
struct one_hot_of {
  static constexpr shape result(shape const& s) { return s.appended(Count); }
  static constexpr bool accepts(shape const& s) { return s.rank < max_rank; }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const space = result(operands[0].space);
    value const index = b.placed({operands[0], {0, 1, 2, 3}}, space);
    return places_hit(b, index, space.rank - 1, space);
  }
};

template <class A, int Place, int Extent>
constexpr auto require_place() {
  static_assert(is_index<A, Place, Extent>,
                "ramp: gather<axis, places...>(a) takes places on the axis, from 0 on; the two "
                "numbers are a place and the extent of the axis");
}
template <class A, class Indices, int Dimensions>
inline constexpr bool has_room = Dimensions <= max_rank;
template <class A, class Indices, int Dimensions>
constexpr auto require_room() {
  static_assert(has_room<A, Indices, Dimensions>,
                "ramp: the result has the dimensions of the indices beside those of what is chosen "
                "from, at most 4 together; the number is how many these would be");
}

}  // namespace detail

/// `gather<Axis, 2, 0, 1>(a)`: elements 2, 0 and 1 along one axis, in this order; a place may be
/// named more than once. Cost: a slice for each run of places that are equally far apart.
template <int Axis, int... Places, operand A>
  requires(sizeof...(Places) > 0)
constexpr auto gather(A const& a) {
  detail::require_axes<A, Axis>();
  if constexpr (0 <= Axis && Axis < detail::rank_of<A>())
    (detail::require_place<A, Places, A::shape_of[Axis]>(), ...);
  return detail::call<detail::gather_places<Axis, Places...>>(a);
}

/// `gather<Axis>(a, index)`: the element whose place a run-time value says, such as a class label.
/// The axis gives way to the dimensions of the index: none for a scalar. An index that is no whole
/// number from 0 to extent - 1 chooses 0, and NaN gives NaN. The derivative by a is that of the
/// elements that are chosen; there is none by the index. Elements that are not chosen have no say.
/// Cost: every element is looked at for each index.
template <int Axis, operand A, class Indices>
constexpr auto gather(A const& a, Indices const& indices) {
  detail::require_operands<Indices>();
  detail::require_axes<A, Axis>();
  detail::require_room<A, Indices, detail::rank_of<A>() - 1 + detail::rank_of<Indices>()>();
  return detail::call<detail::gather_along<Axis>>(a, indices);
}

/// `one_hot<10>(label)`: 1 at the place that the label says and 0 elsewhere, along a new last axis;
/// 0 everywhere where it is no whole number from 0 to Count - 1. No derivative. Never in memory
/// where it is compared or multiplied.
template <int Count, operand A>
constexpr auto one_hot(A const& label) {
  static_assert(Count > 0, "ramp: one_hot<count>(label) has at least one element");
  detail::require_room<A, A, detail::rank_of<A>() + 1>();
  return detail::call<detail::one_hot_of<Count>>(label);
}

}  // namespace ramp
