// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/cofactor.hpp>
#include <ramp/op/cofactors_along.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The matrix of cofactors, which are the derivatives of the determinant, for matrices of any rank:
/// nothing is divided by the determinant. core/math/cofactor.hpp states how, and the errors.
/// The derivatives of a determinant are symmetric in their directions: one rule is both modes'.
struct cofactors {
  static constexpr std::string_view name = "cofactors";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::square;
  static constexpr int arity = 1;
  static constexpr notation text{"cofactors"};

  static constexpr int work(int n) { return 2 * n * n; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    math::cofactors(m.n, m.a, m.y, m.work);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.cofactors();
  }

  template <class Rule>
  static constexpr auto pull(Rule const& r) {
    int const n = r.rows();
    if (n == 1) return r.none();
    if (n == 2) return r.template matrix<cofactors>(r.g);
    return r.template matrix<cofactors_along>(r.x[0], r.g);
  }

  template <class Rule>
  static constexpr auto push(Rule const& r) {
    return pull(r);
  }
};

}  // namespace ramp::op
