// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/log.hpp>
#include <ramp/core/math/lu.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// Both products rounded alike, whether or not the target fuses: equal products cancel to 0.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T minor_of(T a, T b, T c, T d) {
  return rounded(a * d) - rounded(b * c);
}

// NaN if an element is: elimination may not come across it in a matrix that has a column of zeros.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T nan_or_one(int count, T const* a) {
  T result = T(1);
  for (int i = 0; i < count; ++i) result = a[i] == a[i] ? result : a[i];
  return result;
}

// x = value * 2^exponent with 1 <= |value| < 2; 0, infinite and NaN as they are.
template <ScalarReal T>
struct scaled {
  T value = T(1);
  int exponent = 0;
};

template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr scaled<T> normalized(T x) {
  using f = format<T>;
  scaled<T> r{x, 0};
  if (!(abs(x) > T(0) && abs(x) <= f::max)) return r;
  if (abs(x) < f::min_normal) {
    r.value = x * (T(1) / f::epsilon);
    r.exponent = -f::mantissa_bits;
  }
  auto const bits = to_bits(r.value);
  r.exponent += static_cast<int>(bits << 1 >> (f::mantissa_bits + 1)) - f::exponent_bias;
  r.value = from_bits((bits & (f::sign_bit | f::mantissa_mask)) | f::one_bits);
  return r;
}

template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T power_of_two(int exponent) {
  using f = format<T>;
  return from_bits(static_cast<typename f::bits>(exponent + f::exponent_bias) << f::mantissa_bits);
}

}  // namespace detail

/// The elements of the cofactor matrix of a 3 x 3 matrix along row i: the cross product of the rows
/// after it.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T cofactor_of_three(T const* a, T const* b, int i, int j) {
  int const r = (i + 1) % 3, s = (i + 2) % 3, k = (j + 1) % 3, l = (j + 2) % 3;
  return detail::minor_of(a[r * 3 + k], a[r * 3 + l], b[s * 3 + k], b[s * 3 + l]);
}

/// The determinant. Up to n = 3 by its formula, exact wherever nothing is rounded, as with small
/// integers; the error is n epsilon times what the absolute values of its products add up to. From
/// n = 4 on from P A = L U, whose backward error it has, and 2 n epsilon. It overflows where the
/// product of the pivots does. `a` is used up; `work` has n elements.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T determinant(int n, T* a, T* work) {
  if (n == 1) return a[0];
  if (n == 2) return detail::minor_of(a[0], a[1], a[2], a[3]);
  if (n == 3)
    return rounded(a[0] * cofactor_of_three(a, a, 0, 0)) +
           rounded(a[1] * cofactor_of_three(a, a, 0, 1)) +
           rounded(a[2] * cofactor_of_three(a, a, 0, 2));
  T product = detail::nan_or_one(n * n, a);
  product = product * factorize_lu(n, a, work);
  for (int i = 0; i < n; ++i) product = product * a[i * n + i];
  return product;
}

/// What log_determinant returns: the sign of the determinant, 0 if that is 0, and the logarithm of
/// its absolute value.
template <ScalarReal T>
struct signed_logarithm {
  T sign, log_abs;
};

/// The logarithm of |det|, also where the determinant overflows or underflows: powers of two are
/// kept apart. One logarithm is taken in the end, so that where it is small nothing cancels. The
/// error is that of the determinant, as an absolute error. `a` is used up; `work` has n elements.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr signed_logarithm<T> log_determinant(int n, T* a, T* work) {
  constexpr int near = format<T>::exponent_bias - 2;
  detail::scaled<T> product;
  bool by_formula = n <= 3;
  for (int i = 0; i < n * n && by_formula; ++i)  // if the formula neither over- nor underflows
    by_formula = a[i] == T(0) || (abs(a[i]) >= detail::power_of_two<T>(-near / 4) &&
                                  abs(a[i]) <= detail::power_of_two<T>(near / 4));
  if (by_formula) {
    product = detail::normalized(determinant(n, a, work));
  } else {
    product.value = detail::nan_or_one(n * n, a);
    product.value = product.value * factorize_lu(n, a, work);
    for (int i = 0; i < n; ++i) {
      auto const pivot = detail::normalized(a[i * n + i]);
      auto const next = detail::normalized(product.value * pivot.value);
      product = {next.value, product.exponent + pivot.exponent + next.exponent};
    }
  }
  T const size = abs(product.value);
  T const sign = size > T(0) ? copysign(T(1), product.value) : size;
  if (product.exponent >= -near && product.exponent <= near)
    return {sign, log(size * detail::power_of_two<T>(product.exponent))};
  constexpr T ln2 = static_cast<T>(0.693147180559945309417L);
  return {sign, fma(static_cast<T>(product.exponent), ln2, log(size))};
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
