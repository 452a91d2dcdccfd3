// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>

namespace ramp {
namespace detail {

/// a * b: the matrix product where an operand has two dimensions, elementwise otherwise. Vectors
/// are rows on the left and columns on the right.
struct multiply {
  static constexpr bool is_linear(shape const& a, shape const& b) {
    return a.rank > 0 && b.rank > 0 && (a.rank == 2 || b.rank == 2);
  }
  static constexpr shape result(shape const& a, shape const& b) {
    if (!is_linear(a, b)) return shared_shape(a, b);
    shape s;
    if (a.rank == 2) s = s.appended(a[0]);
    if (b.rank == 2) s = s.appended(b[1]);
    return s;
  }
  static constexpr bool accepts(shape const& a, shape const& b) {
    if (!is_linear(a, b)) return shapes_agree(a, b) && (a.rank < 2 || b.rank == 0);
    return a.rank <= 2 && b.rank <= 2 && a[a.rank - 1] == b[0];
  }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    auto const& [left, right] = operands;
    if (!is_linear(left.space, right.space)) return b.apply<op::mul>(left, right);
    shape const outputs = result(left.space, right.space);
    int const inner = outputs.rank;
    factor l{left, {inner}};
    factor r{right, {inner, inner - 1}};
    if (left.space.rank == 2) l.along = {0, inner};
    return b.product(l, r, outputs.appended(right.space[0]), inner);
  }
};

struct inner_product {
  static constexpr shape result(shape const&, shape const&) { return {}; }
  static constexpr bool accepts(shape const& a, shape const& b) { return a.rank == 1 && a == b; }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    return b.fold<op::sum>(b.apply<op::mul>(operands[0], operands[1]), 1u);
  }
};

struct quadratic {
  static constexpr shape result(shape const&, shape const&) { return {}; }
  static constexpr bool accepts(shape const& a, shape const& x) {
    return a.rank == 2 && x.rank == 1 && a[0] == a[1] && a[0] == x[0];
  }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    return inner_product::build(b, {operands[1], multiply::build(b, operands)});
  }
};

struct outer_product {
  static constexpr shape result(shape a, shape const& b) {
    for (int d = 0; d < b.rank; ++d) a = a.appended(b[d]);
    return a;
  }
  static constexpr bool accepts(shape const& a, shape const& b) {
    return a.rank + b.rank <= max_rank;
  }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    int const rank = operands[0].space.rank;
    shape const space = result(operands[0].space, operands[1].space);
    factor left{operands[0], {0, 1, 2, 3}};
    factor right{operands[1], {rank, rank + 1, rank + 2, rank + 3}};
    return b.product(left, right, space, space.rank);
  }
};

template <int... Order>
struct permute {
  /// Each axis once, of as many as are named.
  static constexpr bool is_order =
      sizeof...(Order) <= max_rank && (0u | ... | axis_bit(Order)) == (1u << sizeof...(Order)) - 1u;

  static constexpr std::array<int, max_rank> order(int rank) {
    if constexpr (is_order && sizeof...(Order) > 0) return {Order...};
    else {
      std::array<int, max_rank> reversed{};
      for (int d = 0; d < rank; ++d) reversed[static_cast<std::size_t>(d)] = rank - 1 - d;
      return reversed;
    }
  }
  static constexpr bool accepts(shape const& s) {
    return sizeof...(Order) == 0 ||
           (is_order && static_cast<int>(sizeof...(Order)) == s.rank);
  }
  static constexpr shape result(shape const& s) {
    shape permuted = s;
    for (int d = 0; d < s.rank; ++d) permuted[d] = s[order(s.rank)[static_cast<std::size_t>(d)]];
    return permuted;
  }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.permuted(operands[0], order(operands[0].space.rank));
  }
};

template <class Left, class Right, int LeftDimensions, int RightDimensions>
inline constexpr bool at_most_matrices = LeftDimensions <= 2 && RightDimensions <= 2;
template <class Left, class Right, int LastOfLeft, int FirstOfRight>
inline constexpr bool inner_extents_agree = LastOfLeft == FirstOfRight;
template <class Left, class Right, int LeftDimensions, int RightDimensions>
inline constexpr bool are_vectors = LeftDimensions == 1 && RightDimensions == 1;

/// What `a * b` compares: numbers of dimensions, which are those of scalars where there is nothing
/// to compare, and the extents that meet.
template <class Left, class Right>
constexpr shape_pair product_pair() {
  if constexpr (rank_of<Left>() > 0 && rank_of<Right>() > 0) {
    constexpr shape a = Left::shape_of;
    constexpr shape b = Right::shape_of;
    if (a.rank <= 2 && b.rank <= 2) return {a.rank, b.rank, a[a.rank - 1], b[0]};
    return {a.rank, b.rank};
  }
  return {};
}

template <class Left, class Right,
          int LeftDimensions = product_pair<Left, Right>().left_dimensions,
          int RightDimensions = product_pair<Left, Right>().right_dimensions,
          int LastOfLeft = product_pair<Left, Right>().left_extent,
          int FirstOfRight = product_pair<Left, Right>().right_extent>
constexpr auto require_product() {
  static_assert(at_most_matrices<Left, Right, LeftDimensions, RightDimensions>,
                "ramp: a * b is for scalars, vectors and matrices; the two numbers are the "
                "dimensions of a and of b. Use hadamard(a, b) for an elementwise product");
  if constexpr (LeftDimensions == 1 && RightDimensions == 1)
    static_assert(equal_extents<Left, Right, LastOfLeft, FirstOfRight>,
                  "ramp: a * b of two vectors is their elementwise product, and they have one "
                  "length; the last two numbers are the lengths. Use slice, or outer(a, b)");
  else
    static_assert(inner_extents_agree<Left, Right, LastOfLeft, FirstOfRight>,
                  "ramp: a * b is the matrix product: the last extent of a must equal the first "
                  "extent of b; these are the last two numbers. Use transpose(a), hadamard(a, b) "
                  "for the elementwise product, or outer(a, b)");
}
template <class Left, class Right, int LeftDimensions, int RightDimensions>
constexpr auto require_vectors() {
  static_assert(are_vectors<Left, Right, LeftDimensions, RightDimensions>,
                "ramp: dot(a, b) takes two vectors; the two numbers are the dimensions of a and of "
                "b. Use a * b for matrices, or sum(hadamard(a, b))");
}
template <class Left, class Right, int LeftLength, int RightLength>
constexpr auto require_lengths() {
  static_assert(equal_extents<Left, Right, LeftLength, RightLength>,
                "ramp: dot(a, b) takes two vectors of one length; the two numbers are the lengths. "
                "Use slice, or outer(a, b)");
}

template <class A, class X, int Rows, int Columns, int Length>
inline constexpr bool is_form_of = Rows == Columns && Columns == Length;
template <class A, class X, int Rows, int Columns, int Length>
constexpr auto require_form() {
  static_assert(is_form_of<A, X, Rows, Columns, Length>,
                "ramp: quadratic_form(A, x) takes a square matrix and a vector of its size; the "
                "three numbers are the rows and columns of A and the length of x, 0 for none");
}

template <class Left, class Right, int LeftDimensions, int RightDimensions>
inline constexpr bool fit_in_rank = LeftDimensions + RightDimensions <= max_rank;

template <class A, int Dimensions, int... Order>
inline constexpr bool names_every_axis =
    permute<Order...>::is_order && (sizeof...(Order) == 0 || sizeof...(Order) == Dimensions);

}  // namespace detail

/// The matrix product where an operand has two dimensions (vector * matrix, matrix * vector, matrix
/// * matrix), the elementwise product of two vectors or scalars, a multiple of anything by a
/// scalar.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto operator*(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_product<A, B>();
  return detail::call<detail::multiply>(a, b);
}

/// The elementwise product, of any equal shapes.
template <class A, class B>
  requires detail::one_operand<A, B>
constexpr auto hadamard(A const& a, B const& b) {
  detail::require_operands<A, B>();
  detail::require_equal_shapes<A, B>();
  return detail::call<op::mul>(a, b);
}

/// The sum of the products of the elements of two vectors.
template <operand A, operand B>
constexpr auto dot(A const& a, B const& b) {
  if constexpr (expression<A> && expression<B>) {
    constexpr int left = detail::rank_of<A>();
    constexpr int right = detail::rank_of<B>();
    detail::require_vectors<A, B, left, right>();
    if constexpr (left == 1 && right == 1)
      detail::require_lengths<A, B, A::shape_of[0], B::shape_of[0]>();
  }
  return detail::call<detail::inner_product>(a, b);
}

/// x^T A x, for a square matrix and a vector: the derivative by x is (A + A^T) x.
template <operand A, operand X>
constexpr auto quadratic_form(A const& a, X const& x) {
  if constexpr (expression<A> && expression<X>) {
    constexpr bool has_rows = detail::rank_of<A>() == 2;
    detail::require_form<A, X, has_rows ? A::shape_of[0] : 0, has_rows ? A::shape_of[1] : 0,
                         detail::rank_of<X>() == 1 ? X::shape_of[0] : 0>();
  }
  return detail::call<detail::quadratic>(a, x);
}

/// All products of an element of a and an element of b; has the dimensions of a, then those of b.
template <operand A, operand B>
constexpr auto outer(A const& a, B const& b) {
  static_assert(detail::fit_in_rank<A, B, detail::rank_of<A>(), detail::rank_of<B>()>,
                "ramp: outer(a, b) has the dimensions of a and those of b, which are the two "
                "numbers, at most 4 together. Use reshape<...>(x)");
  return detail::call<detail::outer_product>(a, b);
}

/// The dimensions in reverse order, or in the order that is named: dimension d of
/// `transpose<2, 0, 1>(a)` is dimension order[d] of a. Moves nothing.
template <int... Order, operand A>
constexpr auto transpose(A const& a) {
  constexpr int dimensions =
      expression<A> ? detail::rank_of<A>() : static_cast<int>(sizeof...(Order));
  static_assert(detail::names_every_axis<A, dimensions, Order...>,
                "ramp: transpose<order...>(a) names every axis of a once, from 0, as in "
                "transpose<1, 0>(a)");
  return detail::call<detail::permute<Order...>>(a);
}

}  // namespace ramp
