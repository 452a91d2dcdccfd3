// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/ir/matrix_value.hpp>

namespace ramp {
namespace detail {

constexpr bool is_square(shape const& s) {
  return s.rank >= 2 && s[s.rank - 2] == s[s.rank - 1];
}
constexpr shape without_matrix(shape s) {
  for (int d = 0; d < 2; ++d) s[--s.rank] = 0;
  return s;
}

/// Of square matrices, a number or a matrix of the same size each.
template <class Op>
struct of_matrix {
  static constexpr bool is_number = Op::form == op::matrix_form::number;

  static constexpr bool accepts(shape const& s) { return is_square(s); }
  static constexpr shape result(shape const& s) { return is_number ? without_matrix(s) : s; }
  static constexpr value build(builder&, std::array<value, 1> const& operands) {
    return ir::matrix_operation<Op>(operands[0]);
  }
};

/// Of square matrices, and as many matrices or vectors with as many rows.
template <class Op, bool Upper = false>
struct of_system {
  static constexpr bool accepts(shape const& a, shape const& b) {
    if (!is_square(a) || (b.rank != a.rank && b.rank != a.rank - 1)) return false;
    for (int d = 0; d < a.rank - 1; ++d)
      if (a[d] != b[d]) return false;
    return true;
  }
  static constexpr shape result(shape const&, shape const& b) { return b; }
  static constexpr value build(builder&, std::array<value, 2> const& operands) {
    return ir::matrix_operation<Op>(operands[0], operands[1], Upper);
  }
};

template <class A, int Dimensions>
inline constexpr bool has_matrices = Dimensions >= 2;
template <class A, int Rows, int Columns>
inline constexpr bool has_square_matrices = Rows == Columns;
template <class A, class B, int DimensionsOfA, int DimensionsOfB>
inline constexpr bool is_right_side =
    DimensionsOfB == DimensionsOfA || DimensionsOfB == DimensionsOfA - 1;

template <class A, int Dimensions>
constexpr auto require_matrix() {
  static_assert(has_matrices<A, Dimensions>,
                "ramp: this function is one of matrices, in the last two dimensions of its "
                "operand; the number is how many dimensions that has. Use reshape<...>(x)");
}
template <class A, int Rows, int Columns>
constexpr auto require_square() {
  static_assert(has_square_matrices<A, Rows, Columns>,
                "ramp: this function is one of square matrices; the two numbers are the rows and "
                "the columns of the operand. Of other matrices there is a * transpose(a)");
}
template <class A, class B, int DimensionsOfA, int DimensionsOfB>
constexpr auto require_right_side() {
  static_assert(is_right_side<A, B, DimensionsOfA, DimensionsOfB>,
                "ramp: the right side b of solve(a, b) is a vector or a matrix: it has as many "
                "dimensions as a, or one less; the two numbers are those of a and of b. Use "
                "reshape<...>(b) or broadcast<...>(b)");
}
template <class A, class B, int ExtentOfA, int ExtentOfB>
constexpr auto require_rows() {
  static_assert(equal_extents<A, B, ExtentOfA, ExtentOfB>,
                "ramp: the right side b of solve(a, b) has as many rows as a, and the same batch "
                "in front; the two numbers are the first extents that differ, of a and of b. Use "
                "transpose(b)");
}

template <class A>
constexpr auto require_square_matrix() {
  if constexpr (expression<A>) {
    constexpr int rank = rank_of<A>();
    if constexpr (rank < 2) require_matrix<A, rank>();
    else require_square<A, A::shape_of[rank - 2], A::shape_of[rank - 1]>();
  }
}

template <class A, class B>
constexpr auto require_system() {
  require_square_matrix<A>();
  if constexpr (expression<A> && expression<B>) {
    constexpr int a = rank_of<A>();
    constexpr int b = rank_of<B>();
    if constexpr (a >= 2 && b != a && b != a - 1) require_right_side<A, B, a, b>();
    else if constexpr (a >= 2) {
      constexpr int differs = [] {
        for (int d = 0; d < a - 1; ++d)
          if (A::shape_of[d] != B::shape_of[d]) return d;
        return 0;
      }();
      require_rows<A, B, A::shape_of[differs], B::shape_of[differs]>();
    }
  }
}

}  // namespace detail

// All of these take n x n matrices in the last two dimensions of an operand; dimensions in front
// are a batch. They are meant for n up to about 16, allocate nothing, and take the matrices of a
// batch one by one. In each NaN gives NaN. `epsilon` is the distance from 1 to the next number.

/// The solution x of a * x = b, for a vector b or for each column of a matrix, by elimination with
/// partial pivoting: exact for a matrix that differs from a by at most about 10 n^2 epsilon times
/// the largest element of a. If a is singular, all elements are NaN; only exactly singular
/// matrices are, others give large numbers. Better than inverse(a) * b, in time and accuracy.
/// Cost: n^3 / 3 multiplications and additions, and n^2 for each column.
template <operand A, operand B>
constexpr auto solve(A const& a, B const& b) {
  detail::require_system<A, B>();
  return detail::call<detail::of_system<op::solve>>(a, b);
}

/// The solution x of a * x = b where a is lower triangular: what stands above its diagonal is not
/// read, and has derivative 0. Exact for a matrix that differs by n epsilon, relative to each
/// element. A 0 on the diagonal makes all elements NaN. Cost: n^2 / 2 for each column.
template <operand A, operand B>
constexpr auto solve_lower(A const& a, B const& b) {
  detail::require_system<A, B>();
  return detail::call<detail::of_system<op::triangular_solve, false>>(a, b);
}

/// The same where a is upper triangular. `solve_upper(transpose(l), b)` moves nothing.
template <operand A, operand B>
constexpr auto solve_upper(A const& a, B const& b) {
  detail::require_system<A, B>();
  return detail::call<detail::of_system<op::triangular_solve, true>>(a, b);
}

/// The inverse: `solve` for the unit matrix, column by column. All elements are NaN for a singular
/// matrix. Cost: n^3.
template <operand A>
constexpr auto inverse(A const& a) {
  detail::require_square_matrix<A>();
  return detail::call<detail::of_matrix<op::inverse>>(a);
}

/// The lower triangular l, with a positive diagonal, of a = l * transpose(l), where a is symmetric
/// and positive definite: if it is not, all elements of the triangle are NaN. Of a the lower
/// triangle is read and the other one has derivative 0; if a = b * transpose(b) or some other
/// symmetric expression, derivatives by b are what they should be. l * transpose(l) is a up to
/// (n + 1) epsilon sqrt(a_ii a_jj). Cost: n^3 / 6.
template <operand A>
constexpr auto cholesky(A const& a) {
  detail::require_square_matrix<A>();
  return detail::call<detail::of_matrix<op::cholesky>>(a);
}

/// The determinant. For n <= 3 by its formula, where the error is n epsilon times the sum of the
/// absolute values of its products, else by elimination: exact for a matrix that differs as in
/// `solve`. It overflows and underflows as a product of n numbers does; log_determinant does not.
/// The gradient, the matrix of cofactors, is right for singular matrices of any rank, and so are
/// second derivatives; third ones for n <= 3, otherwise they are NaN there. Cost: n^3 / 3, with the
/// gradient 3 n^3.
template <operand A>
constexpr auto determinant(A const& a) {
  detail::require_square_matrix<A>();
  return detail::call<detail::of_matrix<op::determinant>>(a);
}

/// The logarithm of the determinant: -infinity where that is 0, NaN where it is negative. The
/// error is that of the determinant relative to its size, and epsilon. The gradient is that of
/// `inverse`, NaN for a singular matrix. Cost: n^3 / 3.
template <operand A>
constexpr auto log_determinant(A const& a) {
  detail::require_square_matrix<A>();
  return detail::call<detail::of_matrix<op::log_determinant>>(a);
}

/// The logarithm of the absolute value of the determinant; otherwise as `log_determinant`.
template <operand A>
constexpr auto log_abs_determinant(A const& a) {
  detail::require_square_matrix<A>();
  return detail::call<detail::of_matrix<op::log_abs_determinant>>(a);
}

}  // namespace ramp
