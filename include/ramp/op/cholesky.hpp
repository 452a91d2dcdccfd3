// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/sqrt.hpp>
#include <ramp/op/operation.hpp>
#include <ramp/op/triangular_solve.hpp>

namespace ramp::op {

/// The lower triangular L with a positive diagonal and L L^T = A, where A is symmetric: its lower
/// triangle is read, and the other one left alone, in the derivative too. L L^T is A up to
/// (n + 1) epsilon |L| |L|^T, element by element. Where A is not positive definite every element of
/// the lower triangle is NaN.
/// Sources: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, theorem 10.3;
/// I. Murray, "Differentiation of the Cholesky decomposition", 2016.
struct cholesky {
  static constexpr std::string_view name = "cholesky";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::square;
  static constexpr int arity = 1;
  static constexpr notation text{"cholesky"};

  static constexpr int work(int) { return 0; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    using math::fma;
    using math::sqrt;
    int const n = m.n;
    T* const l = m.y;
    bool positive = true;
    for (int j = 0; j < n; ++j) {
      for (int i = 0; i < j; ++i) l[i * n + j] = T(0);
      for (int i = j; i < n; ++i) {
        T x = m.a[i * n + j];
        for (int k = 0; k < j; ++k) x = fma(-l[i * n + k], l[j * n + k], x);
        l[i * n + j] = x;
      }
      positive = positive && l[j * n + j] > T(0);
      T const root = sqrt(l[j * n + j]);
      l[j * n + j] = root;
      for (int i = j + 1; i < n; ++i) l[i * n + j] = l[i * n + j] / root;
    }
    for (int i = 0; i < n && !positive; ++i) math::fill(i + 1, l + i * n, math::format<T>::nan);
  }

  /// With P the lower half of L^T G, its diagonal halved, the adjoint is the lower half of
  /// L^-T (P + P^T) L^-1, its diagonal halved.
  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    auto const upper = r.transposed(r.y);
    auto const p = half(r, r.product(upper, r.g));
    auto const once = r.template matrix<triangular_solve>(upper, p + r.transposed(p), true);
    return half(r, r.template matrix<triangular_solve>(upper, r.transposed(once), true));
  }

  /// L times the lower half of L^-1 G L^-T, its diagonal halved, where G is symmetric.
  template <class Rule>
  static constexpr auto push(Rule const& r) {
    auto const p = half(r, r.g);
    auto const once = r.template matrix<triangular_solve>(r.y, p + r.transposed(p));
    auto const twice = r.template matrix<triangular_solve>(r.y, r.transposed(once));
    return r.product(r.y, half(r, twice));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.factorized();
  }

  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.undefined();
  }

 private:
  template <class Rule>
  static constexpr auto half(Rule const& r, auto const& matrix) {
    return r.lower(r.halved_diagonal(matrix));
  }
};

}  // namespace ramp::op
