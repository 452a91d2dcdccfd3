// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/lu.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The inverse of a matrix: `solve` for the unit matrix, with its accuracy for each column, and NaN
/// in every element where that has it.
struct inverse {
  static constexpr std::string_view name = "inverse";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::square;
  static constexpr int arity = 1;
  static constexpr notation text{"inverse"};

  static constexpr int work(int n) { return n; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    (void)math::factorize_lu(m.n, m.a, m.work);
    for (int i = 0; i < m.n; ++i)
      for (int j = 0; j < m.n; ++j)
        m.y[i * m.n + j] = T(static_cast<int>(m.work[i]) == j ? 1 : 0);
    math::substitute_lu(m.n, m.n, m.a, m.y);
  }

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    auto const y = r.transposed(r.y);
    return -r.product(y, r.product(r.g, y));
  }

  template <class Rule>
  static constexpr auto push(Rule const& r) {
    return -r.product(r.y, r.product(r.g, r.y));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.inverted();
  }

  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.undefined();
  }
};

}  // namespace ramp::op
