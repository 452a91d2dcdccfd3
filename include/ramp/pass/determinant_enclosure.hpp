// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/pass/matrix_enclosure.hpp>

namespace ramp::pass {

/// Bounds of determinants and cofactors. Up to n = 3, where these are computed by their formulas,
/// they hold for singular matrices too. From n = 4 on they are infinite unless every matrix within
/// bounds is verified to be regular.
struct determinant_enclosure : matrix_enclosure {
 private:
  // before what calls them: clang has to see the definition of a template that it evaluates

  /// Bounds about what a formula gives; everything where its operands have none.
  [[nodiscard]] constexpr bounds around_formula(value const& y, value const& error) const {
    return chosen(finite(error), around(y, error), everything());
  }

  /// The sums of the absolute values of each row, at most, and the sum over the rows of the part of
  /// that by which the row differs from the middle, rounding of the formulas included.
  struct rows {
    value sizes, shares;
  };
  [[nodiscard]] constexpr rows rows_in(ball const& a) const {
    int const n = rows_of(a);
    value const size = absolute(a.middle);
    value const spread = detail::internal<op::outward>(
        2.0, a.radius.absent() ? constant(0.0) : a.radius, size, constant(1.0));
    rows r;
    r.sizes = above(row_sums(size + a.radius), n);
    value const shares = detail::up<op::div_toward>(above(row_sums(spread), n), r.sizes);
    r.shares = above(row_sums(shares), n);
    return r;
  }

  /// A determinant is not larger than the product of the sizes of its rows, and linear in each. Its
  /// formula rounds products of n elements at most n times.
  [[nodiscard]] constexpr bounds small_determinant(ball const& a) const {
    rows const r = rows_in(a);
    value const zero = constant(0.0);
    // what underflows may be multiplied by one more element
    value const lost = detail::internal<op::outward>(8.0, zero, zero, constant(1.0));
    value const underflow = detail::up<op::mul_toward>(
        lost, detail::up<op::add_toward>(constant(1.0), largest_of(r.sizes)));
    value const product = multiplied_along({r.sizes, r.sizes}).upper;
    value const error = detail::up<op::add_toward>(
        detail::up<op::mul_toward>(product, r.shares), underflow);
    return around_formula(ir::matrix_operation<op::determinant>(a.middle), error);
  }

  /// The sums of all absolute values, and of what the elements are off by, rounding included.
  struct totals {
    value size, spread;
  };
  [[nodiscard]] constexpr totals totals_of(ball const& a) const {
    int const n = rows_of(a);
    value const size = absolute(a.middle);
    value const spread = spread_of(a, size, n);
    return {above(row_sums(row_sums(size + a.radius)), n * n),
            above(row_sums(row_sums(spread)), n * n)};
  }

  /// Of 2 x 2 matrices: the elements themselves, those beside the diagonal negative.
  [[nodiscard]] constexpr bounds elements_as_cofactors(bounds const& all) const {
    value const low = ir::matrix_operation<op::cofactors>(all.lower);
    value const high = ir::matrix_operation<op::cofactors>(all.upper);
    value const on_diagonal = ir::comparison_of_places<op::equal>(low, true);
    return {apply<op::where>(on_diagonal, low, high), apply<op::where>(on_diagonal, high, low)};
  }

  [[nodiscard]] static constexpr bounds transposed(bounds const& v) {
    return {ir::transposed(v.lower), ir::transposed(v.upper)};
  }
  [[nodiscard]] static constexpr bounds widened(bounds const& v, shape const& space) {
    return {ir::widened(v.lower, space), ir::widened(v.upper, space)};
  }
  /// A B, and the sum of the products of their elements.
  [[nodiscard]] constexpr bounds product_of(ball const& a, ball const& b) const {
    int const n = rows_of(a);
    value const spread = ir::matrix_product(spread_of(a, absolute(a.middle), n),
                                            absolute(b.middle) + b.radius) +
                         ir::matrix_product(absolute(a.middle), b.radius);
    return around_formula(ir::matrix_product(a.middle, b.middle), above(spread, n));
  }
  [[nodiscard]] constexpr bounds sum_of_products(ball const& a, ball const& b) const {
    int const n = rows_of(a) * rows_of(a);
    value const spread = ir::sum_of_products(spread_of(a, absolute(a.middle), n),
                                             absolute(b.middle) + b.radius) +
                         ir::sum_of_products(absolute(a.middle), b.radius);
    return around_formula(ir::sum_of_products(a.middle, b.middle), above(spread, n));
  }

  struct logarithms {
    bounds found;
    value certain;  // the condition that every matrix within bounds is verified to be regular
  };
  /// M = A (I + F), computed as L U, has the determinant of A times one between (1 - f)^n and
  /// (1 + f)^n, f a norm of F = inv(A) (M - A) and n f < 1. L U is M up to n epsilon |L| |U|, of
  /// which no element is larger than n 2^(n - 1) times the largest of M.
  /// Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, chapter 9.
  template <class Op>
  [[nodiscard]] constexpr logarithms logarithm(ball const& a) const {
    int const n = rows_of(a);
    value const y = ir::matrix_operation<Op>(a.middle);
    // 1. rows of |M - A|, M as it was factorized
    double growth = n * n;
    for (int k = 1; k < n; ++k) growth *= 2.0;
    value const largest = largest_of(largest_of(absolute(a.middle)));
    value const of_element =
        detail::internal<op::outward>(growth, constant(0.0), largest, constant(1.0));
    value const inverse = detail::magnitude(inverted(a)).upper;
    shape vectors = inverse.space;
    vectors.rank -= 1;
    value difference = ir::widened(of_element * static_cast<double>(n), vectors);
    if (!a.radius.absent()) difference = difference + row_sums(a.radius);
    // 2. n f, and what a product of n pivots and its logarithm may be off by
    value const norm = largest_of(above(ir::matrix_product(inverse, above(difference, n)), n));
    value const change = above(norm * static_cast<double>(n), n);
    value const certain = apply<op::less>(change, constant(1.0));
    value const left = detail::down<op::add_toward>(constant(1.0), -change);
    value const size = detail::larger(absolute(y), constant(1.0));
    bounds const found{
        detail::down<op::add_toward>(outward(y, size, -2.0 * n - 4.0), -change),
        detail::up<op::add_toward>(outward(y, size, 2.0 * n + 4.0),
                                   detail::up<op::div_toward>(change, left))};
    return {chosen({certain, certain}, found, everything()), certain};
  }

  /// The exponential of the logarithm, so that no part of it overflows, with the sign as computed.
  [[nodiscard]] constexpr bounds large_determinant(ball const& a) const {
    logarithms const l = logarithm<op::log_abs_determinant>(a);
    bounds const size = increasing<op::exp>(l.found);
    value const zero = constant(0.0);
    value const d = ir::matrix_operation<op::determinant>(a.middle);  // 0 if it underflows
    bounds const found{apply<op::where>(apply<op::less>(zero, d), size.lower, -size.upper),
                       apply<op::where>(apply<op::less>(d, zero), -size.lower, size.upper)};
    return chosen({l.certain, l.certain}, found, everything());
  }

 public:
  [[nodiscard]] constexpr bounds determinant() const {
    ball const a = ball_of(matrices(0));
    return rows_of(a) <= 3 ? small_determinant(a) : large_determinant(a);
  }
  [[nodiscard]] constexpr bounds log_determinant() const {
    ball const a = ball_of(matrices(0));
    if (rows_of(a) > 3) return logarithm<op::log_determinant>(a).found;
    return increasing<op::log>(clipped(small_determinant(a), 0.0));
  }
  [[nodiscard]] constexpr bounds log_abs_determinant() const {
    ball const a = ball_of(matrices(0));
    if (rows_of(a) > 3) return logarithm<op::log_abs_determinant>(a).found;
    return increasing<op::log>(detail::magnitude(small_determinant(a)));
  }
  [[nodiscard]] constexpr bounds cofactors() const {
    bounds const all = matrices(0);
    ball const a = ball_of(all);
    int const n = rows_of(a);
    if (n == 1) return number(1.0);
    if (n == 2) return elements_as_cofactors(all);
    if (n == 3) {
      rows const r = rows_in(a);
      value const others = detail::product_of_others_along(r.sizes);
      value const error = above(others * ir::widened(r.shares, others.space), n);
      return around_formula(ir::matrix_operation<op::cofactors>(a.middle),
                            ir::widened(error, a.middle.space));
    }
    return transposed(inverted(a)) * widened(large_determinant(a), a.middle.space);
  }
  /// From n = 4 on det(A) (tr(X) M - X M), with M = inv(A)^T and X = M E^T, `turned`.
  [[nodiscard]] constexpr bounds cofactors_along() const {
    bounds const all = matrices(1);
    ball const a = ball_of(matrices(0));
    ball const e = ball_of(all);
    int const n = rows_of(a);
    shape const& space = a.middle.space;
    if (n == 1) return number(0.0);
    if (n == 2) return elements_as_cofactors(all);
    if (n == 3) {  // sums of products of an element of each matrix
      totals const of_a = totals_of(a);
      totals const of_e = totals_of(e);
      value const error = above(of_a.spread * of_e.size + of_a.size * of_e.spread, n);
      return around_formula(ir::matrix_operation<op::cofactors_along>(a.middle, e.middle),
                            ir::widened(error, space));
    }
    bounds const inverse = transposed(inverted(a));
    ball const m = ball_of(inverse);
    ball const turned = ball_of(product_of(m, ball_of(transposed(all))));
    bounds const trace = sum_of_products(m, e);
    bounds const found =
        (trace * inverse - product_of(turned, m)) * widened(large_determinant(a), space);
    value const regular = verify(a).certain;
    return chosen({regular, regular}, found, everything());
  }
};

}  // namespace ramp::pass
