// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/cofactor.hpp>
#include <ramp/op/inverse.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

struct determinant;  // whose derivative this is

/// The derivative of the cofactors of A along E: what is linear in t in the cofactors of A + t E.
/// Right for singular A. Its own derivative by A, the third one of the determinant, is so up to
/// n = 3; from there on it is written with the inverse, and NaN for singular A.
struct cofactors_along {
  static constexpr std::string_view name = "cofactors_along";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::square;
  static constexpr int arity = 2;
  static constexpr notation text{"cofactors_along"};

  static constexpr int work(int n) { return 3 * n * n + 1; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void prepare(math::matrix_blocks<T> const& m) {
    math::prepare_cofactors(m.n, m.a, m.work);
  }
  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    math::cofactors_along(m.n, m.a, m.b, m.y, m.work);
  }

  /// For regular A the derivatives of its determinant along E and F, as a matrix, are
  ///   d (e M - X M)                   with M = inv(A)^T, d = det A, X = M E^T, e = tr X
  ///   d ((e f - tr(X Z)) M - e Z M - f X M + X Z M + Z X M)       with Z = M F^T, f = tr Z
  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    int const n = r.rows();
    if (r.k == 1) return r.template matrix<cofactors_along>(r.x[0], r.g);
    if (n <= 2) return r.none();
    if (n == 3) return r.template matrix<cofactors_along>(r.x[1], r.g);
    auto const m = r.transposed(r.template matrix<inverse>(r.x[0]));
    auto const x = r.product(m, r.transposed(r.x[1]));
    auto const z = r.product(m, r.transposed(r.g));
    auto const e = r.trace(x);
    auto const f = r.trace(z);
    auto const both = r.product(x, z) + r.product(z, x) - e * z - f * x;
    auto const rest = r.product(both, m) + (e * f - r.sum_of_products(x, r.transposed(z))) * m;
    return r.template number_of<determinant>(r.x[0]) * rest;
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.cofactors_along();
  }

  template <class Rule>
  static constexpr auto push(Rule const& r) {
    return pull(r);
  }
};

}  // namespace ramp::op
