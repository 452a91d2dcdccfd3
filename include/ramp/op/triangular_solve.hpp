// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/lu.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The solution X of T X = B, T the lower triangle of the first operand, or the upper one:
/// attribute = {0 or 1}; the other triangle is not read. T is read through its map, so a transposed
/// triangle is a transposed operand. X is exact for a T that differs by n epsilon |T|, element by
/// element. A 0 on the diagonal makes every element NaN.
struct triangular_solve {
  static constexpr std::string_view name = "triangular_solve";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::columns;
  static constexpr int arity = 2;
  static constexpr notation text{"triangular_solve"};

  static constexpr int work(int) { return 0; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    for (int i = 0; i < m.n * m.columns; ++i) m.y[i] = m.b[i];
    if (math::is_singular(m.n, m.a)) math::fill(m.n * m.columns, m.y, math::format<T>::nan);
    else math::substitute(m.n, m.columns, m.a, m.upper, false, m.y);
  }

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    bool const upper = r.attributes[0] != 0;
    auto const b = r.template matrix<triangular_solve>(r.transposed(r.x[0]), r.g, !upper);
    if (r.k == 1) return b;
    auto const a = -r.outer(b, r.y);
    return upper ? r.upper(a) : r.lower(a);
  }

  template <class Rule>
  static constexpr auto push(Rule const& r) {
    bool const upper = r.attributes[0] != 0;
    if (r.k == 1) return r.template matrix<triangular_solve>(r.x[0], r.g, upper);
    auto const moved = upper ? r.upper(r.g) : r.lower(r.g);
    return -r.template matrix<triangular_solve>(r.x[0], r.product(moved, r.y), upper);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.solved_triangle(r.at->attribute[0] != 0);
  }

  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.undefined();
  }
};

}  // namespace ramp::op
