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
/// 2010, chapter 10. Cost: some 20 nodes, of which five are products of matrices.
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

 private:
  [[nodiscard]] constexpr ball ball_of(bounds const& v) const {
    if (v.is_number()) return {v.lower, {}};
    value const middle = (v.lower + v.upper) * 0.5;
    return {middle, detail::larger(detail::up<op::add_toward>(v.upper, -middle),
                                   detail::up<op::add_toward>(middle, -v.lower))};
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

  /// |I - R A| <= |I - R M| + |R| radius.
  [[nodiscard]] constexpr verified verify(ball const& a) const {
    int const rank = a.middle.space.rank;
    int const n = a.middle.space[rank - 1];
    verified v;
    v.inverse = ir::matrix_operation<op::inverse>(a.middle);
    value const unit = ir::comparison_of_places<op::equal>(v.inverse, true);
    value const rest = absolute(unit - ir::matrix_product(v.inverse, a.middle));
    value const spread = spread_of(a, absolute(a.middle), n);
    v.distance = above(rest + ir::matrix_product(absolute(v.inverse), spread), n);
    v.sums = above(ir::reduce_to<op::sum>(v.distance, axis_map::identity(rank - 1), rank - 1), n);
    value const largest = ir::reduce_to<op::reduce_max>(v.sums, axis_map::identity(rank - 2),
                                                        rank - 2, standard_policy::value);
    v.slack = detail::down<op::add_toward>(constant(1.0), -largest);
    v.certain = apply<op::less>(constant(0.0), v.slack);
    return v;
  }

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
    return chosen({v.certain, v.certain},
                  {detail::down<op::add_toward>(y, -radius),
                   detail::up<op::add_toward>(y, radius)},
                  everything());
  }

  /// X - Y = R (B - A Y) + (I - R A) (X - Y).
  [[nodiscard]] constexpr bounds solved(ball const& a, ball const& b, value const& y) const {
    int const n = a.middle.space[a.middle.space.rank - 1];
    verified const v = verify(a);
    value const spread = ir::matrix_product(spread_of(a, absolute(a.middle), n), absolute(y));
    value const residual = absolute(b.middle - ir::matrix_product(a.middle, y)) + b.radius + spread;
    return around(y, above(ir::matrix_product(absolute(v.inverse), above(residual, n)), n), v);
  }
  /// inv(A) - R = (I - R A) R + (I - R A) (inv(A) - R).
  [[nodiscard]] constexpr bounds inverted(ball const& a) const {
    verified const v = verify(a);
    int const n = a.middle.space[a.middle.space.rank - 1];
    return around(v.inverse, above(ir::matrix_product(v.distance, absolute(v.inverse)), n), v);
  }
};

}  // namespace ramp::pass
