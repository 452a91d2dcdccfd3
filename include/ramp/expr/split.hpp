// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>

namespace ramp {
namespace detail {

/// The parts of an axis as `split<Sizes...>` names them: their sizes, or one number of equal parts.
template <int... Sizes>
struct partition {
  static constexpr bool is_equal = sizeof...(Sizes) == 1;
  static constexpr int sum = (0 + ... + Sizes);
  static constexpr int count = is_equal ? sum : static_cast<int>(sizeof...(Sizes));

  static constexpr bool fits(int extent) {
    return ((Sizes > 0) && ...) && (is_equal ? extent % sum == 0 : extent == sum);
  }
  static constexpr int size(int part, int extent) {
    return is_equal ? extent / count : std::array{Sizes...}[static_cast<std::size_t>(part)];
  }
  static constexpr int first(int part, int extent) {
    int before = 0;
    for (int i = 0; i < part; ++i) before += size(i, extent);
    return before;
  }
};

template <int Axis, class Partition>
constexpr symbol part_of_symbol(symbol const& a, int part) {
  builder& b = a.graph_builder();
  shape s = a.extents();
  int const extent = axes_exist<Axis>(s) ? s[Axis] : 0;
  if (extent == 0 || !Partition::fits(extent)) {
    b.faults.shapes = {true, Partition::sum, extent};
    return a;
  }
  s[Axis] = Partition::size(part, extent);
  int const first = Partition::first(part, extent);
  return symbol(b, b.moved<op::slice>(std::array{a.graph_value()}, {Axis, first, 1}, s));
}

template <int Axis, class Partition, class A, std::size_t... Part>
constexpr auto parts_of(A const& a, std::index_sequence<Part...>) {
  if constexpr (symbolic<A>) {
    return std::array{part_of_symbol<Axis, Partition>(a, Part)...};
  } else {
    constexpr int extent = A::shape_of[Axis];
    return list_of(call<slice_of<Axis, Partition::first(Part, extent),
                                 Partition::size(Part, extent), 1>>(a)...);
  }
}

template <class A, int Parts, int Extent>
inline constexpr bool divides = Parts > 0 && Extent % Parts == 0;
template <class A, int Elements, int Extent>
inline constexpr bool adds_up = Elements == Extent;

template <class A, int Parts, int Extent>
constexpr auto require_equal_parts() {
  static_assert(divides<A, Parts, Extent>,
                "ramp: split<parts>(a) makes equal parts; the two numbers are how many and the "
                "extent of the axis. split<2, 3>(a) makes parts of 2 and of 3 elements");
}
template <class A, int Elements, int Extent>
constexpr auto require_whole() {
  static_assert(adds_up<A, Elements, Extent>,
                "ramp: split<sizes...>(a) makes parts of these sizes, which are all of the axis; "
                "the two numbers are the sum of the sizes and the extent of the axis");
}

template <int Axis, class Partition, class A>
constexpr auto split(A const& a) {
  require_axes<A, Axis>();
  if constexpr (0 <= Axis && Axis < rank_of<A>()) {
    constexpr int extent = A::shape_of[Axis];
    if constexpr (Partition::is_equal) require_equal_parts<A, Partition::sum, extent>();
    else require_whole<A, Partition::sum, extent>();
  }
  return parts_of<Axis, Partition>(a, std::make_index_sequence<Partition::count>{});
}

}  // namespace detail

/// Parts of the first axis, one expression for each: `auto [a, b] = split<2>(x)` in equal parts,
/// `split<3, 5>(x)` the first 3 elements and the other 5. Along another axis: `split<2>(x,
/// axis<1>)`.
template <int... Sizes, operand A, int Axis = 0>
constexpr auto split(A const& a, axes<Axis> = {}) {
  static_assert(sizeof...(Sizes) > 0 && ((Sizes > 0) && ...),
                "ramp: split<parts>(a) or split<sizes...>(a) takes positive numbers");
  return detail::split<Axis, detail::partition<Sizes...>>(a);
}

}  // namespace ramp
