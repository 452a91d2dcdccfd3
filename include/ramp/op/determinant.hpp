// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/determinant.hpp>
#include <ramp/op/cofactors.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The determinant. Up to n = 3 by its formula, from there on by elimination;
/// core/math/determinant.hpp states the errors. Its derivative is the matrix of cofactors, right
/// for singular matrices too.
struct determinant {
  static constexpr std::string_view name = "determinant";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::number;
  static constexpr int arity = 1;
  static constexpr notation text{"determinant"};

  static constexpr int work(int n) { return n; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    m.y[0] = math::determinant(m.n, m.a, m.work);
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.template matrix<cofactors>(r.x[0]);
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.determinant();
  }
};

}  // namespace ramp::op
