// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/lu.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The solution X of A X = B, by Gaussian elimination with partial pivoting: exact for an A that
/// differs by 3 n epsilon |L| |U|, of which the elements are hardly ever more than ten times those
/// of A. Of a singular matrix, which is one that leaves a column without a pivot, every element is
/// NaN; rounding makes most of them a regular matrix, of which X is very large.
/// Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, theorem 9.4.
struct solve {
  static constexpr std::string_view name = "solve";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::columns;
  static constexpr int arity = 2;
  static constexpr notation text{"solve"};

  static constexpr int work(int n) { return n; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void prepare(math::matrix_blocks<T> const& m) {
    (void)math::factorize_lu(m.n, m.a, m.work);
  }
  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    for (int i = 0; i < m.n; ++i)
      for (int j = 0; j < m.columns; ++j)
        m.y[i * m.columns + j] = m.b[static_cast<int>(m.work[i]) * m.columns + j];
    math::substitute_lu(m.n, m.columns, m.a, m.y);
  }

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    auto const b = r.template matrix<solve>(r.transposed(r.x[0]), r.g);
    return r.k == 1 ? b : -r.outer(b, r.y);
  }

  template <class Rule>
  static constexpr auto push(Rule const& r) {
    if (r.k == 1) return r.template matrix<solve>(r.x[0], r.g);
    return -r.template matrix<solve>(r.x[0], r.product(r.g, r.y));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.solved();
  }

  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.undefined();
  }
};

}  // namespace ramp::op
