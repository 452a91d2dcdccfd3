// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/expr/call.hpp>
#include <ramp/expr/definition.hpp>
#include <ramp/op/table.hpp>

namespace ramp {
namespace detail {

/// The shape of an elementwise result: scalars repeat themselves, other shapes are equal.
template <class... Shapes>
constexpr shape shared_shape(Shapes const&... shapes) {
  shape result;
  ((result = shapes.rank > result.rank ? shapes : result), ...);
  return result;
}

template <class... Shapes>
constexpr bool shapes_agree(Shapes const&... shapes) {
  shape const result = shared_shape(shapes...);
  return ((shapes.rank == 0 || shapes == result) && ...);
}

template <class Op>
  requires(op::elementwise<Op> || op::composite<Op>)
struct meaning<Op> {
  template <class... Shapes>
  static constexpr shape result(Shapes const&... shapes) {
    return shared_shape(shapes...);
  }
  template <class... Shapes>
  static constexpr bool accepts(Shapes const&... shapes) {
    return shapes_agree(shapes...);
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    return apply_operation<Op>(b, {}, operands);
  }
};

/// An operation whose kinks follow a policy of their own.
template <class Op, class Policy>
struct under {
  using policy = Policy;

  template <class... Shapes>
  static constexpr shape result(Shapes const&... shapes) {
    return shared_shape(shapes...);
  }
  template <class... Shapes>
  static constexpr bool accepts(Shapes const&... shapes) {
    return shapes_agree(shapes...);
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    return apply_operation<Op>(b, Policy::value, operands);
  }
};

template <class T>
constexpr int rank_of() {
  if constexpr (expression<T>) return std::remove_cvref_t<T>::shape_of.rank;
  else return 0;
}
template <class T>
constexpr int extent_of(int axis) {
  if constexpr (expression<T>) return std::remove_cvref_t<T>::shape_of[axis];
  else return 0;
}

template <class Left, class Right, int LeftDimensions, int RightDimensions>
inline constexpr bool equal_dimensions = LeftDimensions == RightDimensions;
template <class Left, class Right, int LeftExtent, int RightExtent>
inline constexpr bool equal_extents = LeftExtent == RightExtent;

/// The first dimension in which two shapes of the same rank differ, else 0.
constexpr int first_difference(shape const& a, shape const& b) {
  for (int d = 0; d < a.rank; ++d)
    if (a[d] != b[d]) return d;
  return 0;
}

/// The numbers of dimensions of two operands, and where these are equal the first extents that
/// differ.
struct shape_pair {
  int left_dimensions = 0, right_dimensions = 0;
  int left_extent = 0, right_extent = 0;
};
constexpr shape_pair pair_of(shape const& a, shape const& b) {
  if (a.rank != b.rank) return {a.rank, b.rank};
  int const differs = first_difference(a, b);
  return {a.rank, b.rank, a[differs], b[differs]};
}

/// The same of elementwise operands, with nothing to compare where one of them is a scalar.
template <class Left, class Right>
constexpr shape_pair elementwise_pair() {
  if constexpr (rank_of<Left>() > 0 && rank_of<Right>() > 0)
    return pair_of(Left::shape_of, Right::shape_of);
  else return {};
}

/// Both operands have one shape, or one of them is a scalar.
template <class Left, class Right,
          int LeftDimensions = elementwise_pair<Left, Right>().left_dimensions,
          int RightDimensions = elementwise_pair<Left, Right>().right_dimensions,
          int LeftExtent = elementwise_pair<Left, Right>().left_extent,
          int RightExtent = elementwise_pair<Left, Right>().right_extent>
constexpr auto require_equal_shapes() {
  static_assert(equal_dimensions<Left, Right, LeftDimensions, RightDimensions>,
                "ramp: elementwise operands need the same number of dimensions; the two numbers "
                "are those of the left and of the right operand. Use reshape<...>(x) or "
                "broadcast<...>(x)");
  static_assert(equal_extents<Left, Right, LeftExtent, RightExtent>,
                "ramp: elementwise operands need the same shape; the two numbers are the first "
                "extents that differ, of the left and of the right operand. Use slice, "
                "broadcast<...>(x), transpose(x), or outer(a, b) for a product");
}

/// How the shape of a value differs from the one that it needs to have, unless it is a scalar.
template <class Wanted, class Given>
constexpr shape_fault fault_of_shape() {
  if constexpr (expression<Wanted> && expression<Given>)
    if (Given::shape_of.rank > 0 && Given::shape_of != Wanted::shape_of)
      return difference_of(Wanted::shape_of, Given::shape_of);
  return {};
}

template <class A, class B>
concept one_operand = operand<A> || operand<B>;

}  // namespace detail

// Scalars repeat themselves, all other operands have one shape.

template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator+(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::add>(a, b);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator-(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::sub>(a, b);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator/(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::div>(a, b);
}
template <operand A>
constexpr auto operator-(A const& a) {
  return detail::call<op::neg>(a);
}
template <operand A>
constexpr A operator+(A const& a) {
  return a;
}

// Comparisons are 1 where they hold and 0 elsewhere, and have no derivative.

template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator<(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::less>(a, b);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator<=(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::less_equal>(a, b);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator>(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::less>(b, a);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator>=(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::less_equal>(b, a);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator==(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::equal>(a, b);
}
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator!=(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::not_equal>(a, b);
}

// Of conditions, element by element: 0 is false and all else is true. Both sides are evaluated.

template <operand A, operand B>
constexpr auto operator&&(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::logical_and>(a, b);
}
template <operand A, operand B>
constexpr auto operator||(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::logical_or>(a, b);
}
template <operand A>
constexpr auto operator!(A const& a) {
  return detail::call<op::logical_not>(a);
}

/// a where the condition is not 0, else b. The other branch has no say in value or derivative, so
/// where(x > 0, log(x), 0.0) is safe.
template <operand Condition, class A, class B>
constexpr auto where(Condition const& condition, A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  detail::require_equal_shapes<Condition, A>();
  detail::require_equal_shapes<Condition, B>();
  return detail::call<op::where>(condition, a, b);
}

}  // namespace ramp
