// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/determinant.hpp>
#include <ramp/op/inverse.hpp>
#include <ramp/op/operation.hpp>

namespace ramp::op {

/// The logarithm of the determinant: -infinity where that is 0, NaN where it is negative. Finite
/// also where the determinant overflows; core/math/determinant.hpp states the error.
struct log_determinant {
  static constexpr std::string_view name = "log_determinant";
  static constexpr category kind = category::matrix;
  static constexpr matrix_form form = matrix_form::number;
  static constexpr int arity = 1;
  static constexpr notation text{"log_determinant"};

  static constexpr int work(int n) { return n; }

  template <class T>
  RAMP_ALWAYS_INLINE static constexpr void value(math::matrix_blocks<T> const& m) {
    auto const [sign, log_abs] = math::log_determinant(m.n, m.a, m.work);
    m.y[0] = sign < T(0) ? math::format<T>::nan : log_abs;
  }

  template <class Rule>
  static constexpr auto chain(Rule const& r) {
    return r.g * r.transposed(r.template matrix<inverse>(r.x[0]));
  }

  template <class Enclosure>
  static constexpr auto enclose(Enclosure const& r) {
    return r.log_determinant();
  }

  template <class Rule>
  static constexpr auto outside(Rule const& r) {
    return r.undefined();
  }
};

}  // namespace ramp::op
