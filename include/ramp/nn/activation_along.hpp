// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>

// Activations that take several elements along an axis to one.

namespace ramp {
namespace detail {

template <int Parts, int... Axis>
constexpr bool splits_evenly(shape const& s) {
  return s.rank > 0 && axes_exist<Axis...>(s) && s[one_axis<Axis...>(s)] % Parts == 0;
}

/// a * sigmoid(b), the halves of an axis.
template <int... Axis>
struct gated_linear {
  static constexpr shape result(shape s) {
    s[one_axis<Axis...>(s)] /= 2;
    return s;
  }
  static constexpr bool accepts(shape const& s) { return splits_evenly<2, Axis...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    int const axis = one_axis<Axis...>(operands[0].space);
    shape const half = result(operands[0].space);
    value const linear = b.moved<op::slice>(operands, {axis, 0, 1}, half);
    value const gate = b.moved<op::slice>(operands, {axis, half[axis], 1}, half);
    return b.apply<op::mul>(linear, b.apply<op::sigmoid>(gate));
  }
};

template <int Pieces, int... Axis>
struct largest_piece {
  static constexpr shape result(shape s) {
    s[one_axis<Axis...>(s)] /= Pieces;
    return s;
  }
  static constexpr bool accepts(shape const& s) { return splits_evenly<Pieces, Axis...>(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const& s = operands[0].space;
    int const axis = one_axis<Axis...>(s);
    shape groups;
    for (int d = 0; d < s.rank; ++d) {
      groups = groups.appended(d == axis ? s[d] / Pieces : s[d]);
      if (d == axis) groups = groups.appended(Pieces);
    }
    return b.fold<op::reduce_max>(b.reshaped(operands[0], groups), 2u << axis);
  }
};

template <class A, int Parts, int Extent>
inline constexpr bool in_equal_parts = Extent % Parts == 0;

template <class A, int Parts, int Extent>
constexpr auto require_parts() {
  static_assert(in_equal_parts<A, Parts, Extent>,
                "ramp: glu(a) takes an axis of two halves, and maxout<pieces>(a) one of groups of "
                "so many elements; the two numbers are how many and the extent of the axis");
}

/// The extent of the axis; where there is none, one that is divisible.
template <class A, int Parts, int... Axis>
constexpr int extent_in_parts() {
  if constexpr (rank_of<A>() > 0)
    if constexpr (axes_exist<Axis...>(A::shape_of))
      return A::shape_of[one_axis<Axis...>(A::shape_of)];
  return Parts;
}

}  // namespace detail

/// The gated linear unit: the first half of an axis, the last unless named, each element times the
/// sigmoid of its partner in the second half.
/// Source: Y. Dauphin et al., "Language modeling with gated convolutional networks", ICML 2017.
template <operand A, int... Axis>
constexpr auto glu(A const& a, axes<Axis...> = {}) {
  detail::require_an_axis<A>();
  detail::require_one_axis<Axis...>();
  detail::require_axes<A, Axis...>();
  detail::require_parts<A, 2, detail::extent_in_parts<A, 2, Axis...>()>();
  return detail::call<detail::gated_linear<Axis...>>(a);
}

/// The largest of each group of `Pieces` neighbours along an axis, the last unless named:
/// `maxout<2>(dense<"hidden", 64>(x))` has 32 outputs. Elements that tie share the derivative.
/// Source: I. Goodfellow et al., "Maxout networks", ICML 2013.
template <int Pieces, operand A, int... Axis>
constexpr auto maxout(A const& a, axes<Axis...> = {}) {
  static_assert(Pieces > 0, "ramp: maxout<pieces>(a) takes the largest of at least one element");
  detail::require_an_axis<A>();
  detail::require_one_axis<Axis...>();
  detail::require_axes<A, Axis...>();
  detail::require_parts<A, Pieces, detail::extent_in_parts<A, Pieces, Axis...>()>();
  return detail::call<detail::largest_piece<Pieces, Axis...>>(a);
}

}  // namespace ramp
