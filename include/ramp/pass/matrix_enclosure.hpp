// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>

#include <ramp/ir/matrix_value.hpp>
#include <ramp/pass/elementwise_enclosure.hpp>

namespace ramp::pass {

/// Bounds of whole matrices. What was computed, from the middles of the operands, is verified: its
/// residual, and the distance of R A from the unit matrix, R about the inverse of A, bound the
/// distance from every exact result. Where they do not, the bounds are infinite.
/// Source: S. M. Rump, "Verification methods: rigorous results using floating-point arithmetic",
/// 2010, chapter 10. Cost: some 30 nodes, of which three to five are products of matrices, and two
/// eliminations; of a Cholesky factor twice that.
struct matrix_enclosure : elementwise_enclosure {
  /// A matrix of each batch, and how far those within bounds are from it, element by element.
  struct ball {
    value middle;
    value radius;  // absent: a number
  };

  /// What is known of all matrices A of a ball.
  struct verified {
    value inverse;   // R, about the inverse of the middle
    value sums;      // of rows of |I - R A|, at most
    value distance;  // |I - R A|, at most
    value slack;     // 1 - the largest of the sums, at least
    value certain;   // the condition that it is positive, so that each A is regular
  };

  /// Operand k as matrices with the whole batch, or as vectors.
  [[nodiscard]] constexpr bounds matrices(std::size_t k) const {
    auto const seen = [&](value v) {
      int const rank = (*owner)[v.index].rank;
      v.map = ir::matrix_map(*at, static_cast<int>(k), rank);
      v.space = ir::matrix_shape(*at, static_cast<int>(k));
      return v;
    };
    return {seen(x[k].lower), seen(x[k].upper)};
  }

  /// The lower triangular L with L L^T = A, of which the lower triangle is read. With Y as computed
  /// and A = Y (I + G) Y^T it is Y (I + H), where H + H^T = G - H H^T. Of the Frobenius norms that
  /// of H is at most sqrt(2) g and that of H H^T at most 2 g^2, if that of G is g < 1/2.
  [[nodiscard]] constexpr bounds factorized() const {
    auto const symmetric = [](value const& v) {
      value const half = ir::triangle(ir::halved_diagonal(v), false);
      return half + ir::transposed(half);
    };
    bounds const all = matrices(0);
    ball const a = ball_of({symmetric(all.lower), symmetric(all.upper)});
    int const n = rows_of(a);
    int const batch = a.middle.space.rank - 2;
    // 1. G, at most
    value const y = ir::matrix_operation<op::cholesky>(a.middle);
    value const size = absolute(y);
    value const squares = ir::matrix_product(size, ir::transposed(size));
    value const rest = absolute(a.middle - ir::matrix_product(y, ir::transposed(y)));
    value const residual = above(rest + spread_of(a, squares, n), n);
    value const inverse = detail::magnitude(inverted({y, {}})).upper;
    value const right = above(ir::matrix_product(residual, ir::transposed(inverse)), n);
    value const g = above(ir::matrix_product(inverse, right), n);
    // 2. H, at most: its lower triangle, half of the diagonal, of G - H H^T
    value const norm =
        above(ir::reduce_to<op::sum>(g, axis_map::identity(batch), batch), n * n);
    value const square = ir::widened(norm * norm * 2.0, g.space);
    value const h = ir::triangle(above(ir::halved_diagonal(g) + square, n), false);
    value const radius = above(ir::matrix_product(size, h), n);
    value const certain = apply<op::less>(norm, constant(0.5));
    bounds const found = chosen({certain, certain}, around(y, radius), everything());
    return {ir::triangle(found.lower, false), ir::triangle(found.upper, false)};
  }

  /// The inverses.
  [[nodiscard]] constexpr bounds inverted() const { return inverted(ball_of(matrices(0))); }

  /// X of A X = B, B a matrix or a vector.
  [[nodiscard]] constexpr bounds solved() const {
    ball const a = ball_of(matrices(0));
    ball const b = ball_of(matrices(1));
    return solved(a, b, ir::matrix_operation<op::solve>(a.middle, b.middle));
  }
  /// The same for the lower or the upper triangle of A.
  [[nodiscard]] constexpr bounds solved_triangle(bool upper) const {
    bounds const all = matrices(0);
    ball const a = ball_of({ir::triangle(all.lower, upper), ir::triangle(all.upper, upper)});
    ball const b = ball_of(matrices(1));
    return solved(a, b, ir::matrix_operation<op::triangular_solve>(a.middle, b.middle, upper));
  }

 protected:
  [[nodiscard]] static constexpr int rows_of(ball const& a) {
    return a.middle.space[a.middle.space.rank - 1];
  }
  [[nodiscard]] static constexpr bounds around(value const& y, value const& radius) {
    return {detail::down<op::add_toward>(y, -radius), detail::up<op::add_toward>(y, radius)};
  }
  [[nodiscard]] constexpr ball ball_of(bounds const& v) const {
    if (v.is_number()) return {v.lower, {}};
    value const middle = middle_of(v);
    return {middle, radius_of(v, middle)};
  }
  /// Not less than a sum or a product of matrices of n rows, without negative terms, that was
  /// computed as v: half a unit for each of at most n terms, in any order, and for each product.
  [[nodiscard]] constexpr value above(value const& v, int n) const {
    return detail::internal<op::outward>(n + 4.0, v, v, constant(1.0));
  }
  /// The radius, and what a product of n terms with the middle may be off by, for each unit of the
  /// other factor.
  [[nodiscard]] constexpr value spread_of(ball const& a, value const& size, int n) const {
    return detail::internal<op::outward>(n + 4.0, a.radius.absent() ? constant(0.0) : a.radius,
                                         size, constant(1.0));
  }
  [[nodiscard]] constexpr value absolute(value const& v) const { return apply<op::abs>(v); }

  /// The sums of rows, and the largest of a vector.
  [[nodiscard]] static constexpr value row_sums(value const& v) {
    int const rank = v.space.rank - 1;
    return ir::reduce_to<op::sum>(v, axis_map::identity(rank), rank);
  }
  [[nodiscard]] static constexpr value largest_of(value const& v) {
    int const rank = v.space.rank - 1;
    return ir::reduce_to<op::reduce_max>(v, axis_map::identity(rank), rank,
                                         standard_policy::value);
  }

  /// inv(A) - R = (I - R A) R + (I - R A) (inv(A) - R).
  [[nodiscard]] constexpr bounds inverted(ball const& a) const {
    verified const v = verify(a);
    int const n = rows_of(a);
    return around(v.inverse, above(ir::matrix_product(v.distance, absolute(v.inverse)), n), v);
  }

  /// |I - R A| <= |I - R M| + |R| radius.
  [[nodiscard]] constexpr verified verify(ball const& a) const {
    int const n = rows_of(a);
    verified v;
    v.inverse = ir::matrix_operation<op::inverse>(a.middle);
    value const unit = ir::comparison_of_places<op::equal>(v.inverse, true);
    value const rest = absolute(unit - ir::matrix_product(v.inverse, a.middle));
    value const spread = spread_of(a, absolute(a.middle), n);
    v.distance = above(rest + ir::matrix_product(absolute(v.inverse), spread), n);
    v.sums = above(row_sums(v.distance), n);
    v.slack = detail::down<op::add_toward>(constant(1.0), -largest_of(v.sums));
    v.certain = apply<op::less>(constant(0.0), v.slack);
    return v;
  }

 private:
  /// Bounds of all X with |X - Y| <= first + |I - R A| |X - Y|, where the largest element of each
  /// column of |X - Y| is at most that of `first` divided by the slack.
  [[nodiscard]] constexpr bounds around(value const& y, value const& first,
                                        verified const& v) const {
    int const batch = v.slack.space.rank;
    bool const is_vector = y.space.rank == batch + 1;
    axis_map columns = axis_map::identity(batch);
    if (!is_vector) columns.set(batch, batch + 1);
    int const rank = is_vector ? batch : batch + 1;
    value const largest =
        ir::reduce_to<op::reduce_max>(first, columns, rank, standard_policy::value);
    value const scaled = ir::remapped(detail::up<op::div_toward>(largest, v.slack), columns,
                                      y.space);
    value const radius = detail::up<op::add_toward>(
        first, detail::up<op::mul_toward>(ir::widened(v.sums, y.space), scaled));
    return chosen({v.certain, v.certain}, around(y, radius), everything());
  }

  /// X - Y = R (B - A Y) + (I - R A) (X - Y).
  [[nodiscard]] constexpr bounds solved(ball const& a, ball const& b, value const& y) const {
    int const n = rows_of(a);
    verified const v = verify(a);
    value const spread = ir::matrix_product(spread_of(a, absolute(a.middle), n), absolute(y));
    value const residual = absolute(b.middle - ir::matrix_product(a.middle, y)) + b.radius + spread;
    return around(y, above(ir::matrix_product(absolute(v.inverse), above(residual, n)), n), v);
  }
};

}  // namespace ramp::pass
