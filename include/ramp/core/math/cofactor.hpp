// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/determinant.hpp>

// Cofactors, and their derivative along a matrix, without a division by the determinant: right for
// singular matrices of any rank.

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// The product of the diagonal without elements k and l.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T product_without(int n, T const* a, int k, int l) {
  T product = T(1);
  for (int i = 0; i < n; ++i)
    if (i != k && i != l) product = product * a[i * n + i];
  return product;
}

// c = a * b, all n x n.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void multiply(int n, T const* a, T const* b, T* c) {
  fill(n * n, c, T(0));
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k)
      for (int j = 0; j < n; ++j) c[i * n + j] = fma(a[i * n + k], b[k * n + j], c[i * n + j]);
}

// By their formulas, up to n = 3.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void cofactors_of_few(int n, T const* a, T* y) {
  if (n == 1) y[0] = T(1);
  for (int i = 0; i < n && n == 2; ++i)
    for (int j = 0; j < n; ++j) y[i * n + j] = i == j ? a[3 - 3 * i] : -a[j * n + i];
  for (int i = 0; i < n && n == 3; ++i)
    for (int j = 0; j < n; ++j) y[i * n + j] = cofactor_of_three(a, a, i, j);
}

}  // namespace detail

/// R A S = D, diagonal, by elimination with the largest element of all that are left as its pivot:
/// D on the diagonal of `a`, and the determinants of R and S are 1 or -1. Returns their product.
/// Cost: 4 n^3 / 3 multiplications and additions, and n^3 / 3 comparisons.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T diagonalize(int n, T* a, T* r, T* s) {
  T sign = T(1);
  set_identity(n, r);
  set_identity(n, s);
  for (int k = 0; k < n; ++k) {
    int p = k, q = k;
    for (int i = k; i < n; ++i)
      for (int j = k; j < n; ++j)
        if (is_better_pivot(a[i * n + j], abs(a[p * n + q]))) {
          p = i;
          q = j;
        }
    if (p != k) {
      exchange_rows(n, a, p, k);
      exchange_rows(n, r, p, k);
      sign = -sign;
    }
    if (q != k) {
      for (int i = 0; i < n; ++i) exchange_rows(1, a + i * n, q, k);
      for (int i = 0; i < n; ++i) exchange_rows(1, s + i * n, q, k);
      sign = -sign;
    }
    T const pivot = a[k * n + k];
    if (pivot == T(0)) break;  // and so is all that is left
    for (int i = k + 1; i < n; ++i) {
      T const factor = a[i * n + k] / pivot;
      subtract_row(n, k + 1, a, i, factor, k);
      subtract_row(n, 0, r, i, factor, k);
    }
    for (int i = 0; i < n; ++i)
      for (int j = k + 1; j < n; ++j)
        s[i * n + j] = fma(-(a[k * n + j] / pivot), s[i * n + k], s[i * n + j]);
  }
  return sign;
}

/// The matrix of cofactors: the derivative of the determinant by each element. Up to n = 3 by its
/// formula. From there on from D = R A S, whose cofactors are products of its diagonal: the error
/// is a small multiple of n epsilon |A|^(n - 1). `a` is used up; `work` has 2 n^2 elements.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void cofactors(int n, T* a, T* y, T* work) {
  if (n <= 3) return detail::cofactors_of_few(n, a, y);
  T* const r = work;
  T* const s = work + n * n;
  T const sign = diagonalize(n, a, r, s);
  for (int k = 0; k < n; ++k) {
    T const product = sign * detail::product_without(n, a, k, k);
    for (int j = 0; j < n; ++j) r[k * n + j] = product * r[k * n + j];
  }
  // the transpose of S adj(D) R
  fill(n * n, y, T(0));
  for (int i = 0; i < n; ++i)
    for (int k = 0; k < n; ++k)
      for (int j = 0; j < n; ++j) y[i * n + j] = fma(r[k * n + i], s[j * n + k], y[i * n + j]);
}

/// What `cofactors_along` needs to know of A, once for all directions. `a` is used up; `work` has
/// 3 n^2 + 1 elements and is to be handed on.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void prepare_cofactors(int n, T* a, T* work) {
  if (n > 3) work[3 * n * n] = diagonalize(n, a, work, work + n * n);
}

/// The derivative of the matrix of cofactors along E, where `a` and `work` have been prepared: with
/// D + t R E S in place of A, what is linear in t. For n = 2 the cofactors of E, for n = 3 by the
/// formula. Error and cost as those of `cofactors`.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void cofactors_along(int n, T const* a, T const* e, T* y, T* work) {
  if (n == 1) return fill(1, y, T(0));
  if (n == 2) return detail::cofactors_of_few(n, e, y);
  if (n == 3) {
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        y[i * 3 + j] = cofactor_of_three(a, e, i, j) + cofactor_of_three(e, a, i, j);
    return;
  }
  T const* const r = work;
  T const* const s = work + n * n;
  T* const t = work + 2 * n * n;
  T const sign = work[3 * n * n];
  detail::multiply(n, r, e, y);
  detail::multiply(n, y, s, t);
  for (int k = 0; k < n; ++k) {  // y = the derivative of adj(D) along R E S
    T sum = T(0);
    for (int l = 0; l < n; ++l) {
      T const product = sign * detail::product_without(n, a, k, l);
      y[k * n + l] = -(t[k * n + l] * product);
      if (k != l) sum = fma(t[l * n + l], product, sum);
    }
    y[k * n + k] = sum;
  }
  detail::multiply(n, s, y, t);
  detail::multiply(n, t, r, y);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) exchange_rows(1, y, i * n + j, j * n + i);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
