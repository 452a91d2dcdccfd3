// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>

namespace ramp {
namespace detail {

constexpr bool is_matrix(shape const& s) { return s.rank == 2; }

/// The numbers of the rows or of the columns of a matrix.
constexpr value numbers_along(builder& b, shape const& matrix, int axis) {
  return b.placed({ir::value_of(b.graph, b.graph.iota(matrix[axis])), {axis}}, matrix);
}

/// In memory the elements of a diagonal are equally far apart.
struct diagonal_of {
  static constexpr shape result(shape const& s) { return shape(s[0] < s[1] ? s[0] : s[1]); }
  static constexpr bool accepts(shape const& s) { return is_matrix(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const s = operands[0].space;
    value const flat = b.reshaped(operands[0], shape(s.elements()));
    return b.moved<op::slice>(std::array{flat}, {0, 0, s[1] + 1}, result(s));
  }
};

struct diagonal_matrix_of {
  static constexpr shape result(shape const& s) { return shape(s[0], s[0]); }
  static constexpr bool accepts(shape const& s) { return s.rank == 1; }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    shape const s = result(operands[0].space);
    value const on = b.apply<op::equal>(numbers_along(b, s, 0), numbers_along(b, s, 1));
    return b.apply<op::where>(on, b.placed({operands[0], {0}}, s), b.number(0.0));
  }
};

/// Elements with column - row <= Offset, or >= Offset; a selection, so the others have no say.
template <int Offset, bool Lower>
struct triangle_of {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr bool accepts(shape const& s) { return is_matrix(s); }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    value const& v = operands[0];
    value const border =
        b.apply<op::add>(numbers_along(b, v.space, 0), b.number(Offset));
    value const column = numbers_along(b, v.space, 1);
    value const inside = Lower ? b.apply<op::less_equal>(column, border)
                               : b.apply<op::less_equal>(border, column);
    return b.apply<op::where>(inside, v, b.number(0.0));
  }
};

struct trace_of {
  static constexpr shape result(shape const&) { return {}; }
  static constexpr bool accepts(shape const& s) { return is_matrix(s) && s[0] == s[1]; }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.fold<op::sum>(diagonal_of::build(b, operands), 1u);
  }
};

template <class A, int Dimensions>
inline constexpr bool has_two_dimensions = Dimensions == 2;
template <class A, int Dimensions>
inline constexpr bool has_one_dimension = Dimensions == 1;
template <class A, int Rows, int Columns>
inline constexpr bool has_trace = Rows == Columns;

template <class A, int Dimensions>
constexpr auto require_two_dimensions() {
  static_assert(has_two_dimensions<A, Dimensions>,
                "ramp: this is for matrices; the number is how many dimensions the operand has. "
                "Use reshape<...>(x), or diagonal_matrix(v) to make a matrix of a vector");
}
template <class A>
constexpr auto require_matrix_operand() {
  if constexpr (expression<A>) require_two_dimensions<A, A::shape_of.rank>();
}
template <class A, int Dimensions>
constexpr auto require_one_dimension() {
  static_assert(has_one_dimension<A, Dimensions>,
                "ramp: diagonal_matrix(v) takes a vector; the number is how many dimensions the "
                "operand has. The diagonal of a matrix is diagonal(A)");
}
template <class A, int Rows, int Columns>
constexpr auto require_trace() {
  static_assert(has_trace<A, Rows, Columns>,
                "ramp: trace(A) takes a square matrix; the two numbers are the rows and columns of "
                "A. Use sum(diagonal(A))");
}

}  // namespace detail

/// The elements of a matrix whose row and column are the same, as a vector.
template <operand A>
constexpr auto diagonal(A const& a) {
  detail::require_matrix_operand<A>();
  return detail::call<detail::diagonal_of>(a);
}

/// The square matrix with the elements of a vector on its diagonal and 0 elsewhere.
template <operand A>
constexpr auto diagonal_matrix(A const& a) {
  if constexpr (expression<A>) detail::require_one_dimension<A, A::shape_of.rank>();
  return detail::call<detail::diagonal_matrix_of>(a);
}

/// A matrix with 0 above its diagonal, whatever was there, infinity and NaN included.
/// `lower_triangle<1>(A)` keeps one more diagonal, above, and `lower_triangle<-1>(A)` one less.
template <int Offset = 0, operand A>
constexpr auto lower_triangle(A const& a) {
  detail::require_matrix_operand<A>();
  return detail::call<detail::triangle_of<Offset, true>>(a);
}
/// A matrix with 0 below its diagonal. `upper_triangle<1>(A)` keeps one diagonal less, and
/// `upper_triangle<-1>(A)` one more, below.
template <int Offset = 0, operand A>
constexpr auto upper_triangle(A const& a) {
  detail::require_matrix_operand<A>();
  return detail::call<detail::triangle_of<Offset, false>>(a);
}

/// The sum of the diagonal of a square matrix.
template <operand A>
constexpr auto trace(A const& a) {
  detail::require_matrix_operand<A>();
  if constexpr (detail::rank_of<A>() == 2)
    detail::require_trace<A, A::shape_of[0], A::shape_of[1]>();
  return detail::call<detail::trace_of>(a);
}

}  // namespace ramp
