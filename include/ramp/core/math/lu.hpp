// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/round.hpp>

// Small dense matrices: contiguous, row-major, all loops over extents that the caller knows.

namespace ramp::math {
inline namespace RAMP_ISA {

/// What an operation on matrices computes with. The blocks do not overlap.
template <ScalarReal T>
struct matrix_blocks {
  int n = 1;        // rows and columns of the square operand
  int columns = 1;  // of the other operand and the result, which have n rows
  T* a = nullptr;   // the square operand; used up
  T const* b = nullptr;
  T* y = nullptr;     // the result
  T* work = nullptr;  // as much as the operation asks for
  bool upper = false;
};

/// The unit matrix.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void set_identity(int n, T* a) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) a[i * n + j] = T(i == j ? 1 : 0);
}

template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void fill(int count, T* a, T x) {
  for (int i = 0; i < count; ++i) a[i] = x;
}

/// Row `to` of m columns minus `factor` times row `from`, from column `first` on.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void subtract_row(int m, int first, T* a, int to, T factor, int from) {
  for (int j = first; j < m; ++j) a[to * m + j] = fma(-factor, a[from * m + j], a[to * m + j]);
}

template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void exchange_rows(int m, T* a, int i, int k) {
  for (int j = 0; j < m; ++j) {
    T const x = a[i * m + j];
    a[i * m + j] = a[k * m + j];
    a[k * m + j] = x;
  }
}

/// Whether x is to be preferred to a pivot of size `best`: a NaN wins, so that it cannot get lost
/// in a column of zeros.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr bool is_better_pivot(T x, T best) {
  return abs(x) > best || x != x;
}

/// P A = L U in place, by Gaussian elimination with the largest element of each column as its
/// pivot: U on and above the diagonal, below it L, whose own diagonal is 1. rows[i] is the row of A
/// that became row i. Returns the determinant of P. A column without a pivot is left as it is, and
/// U has a 0 on its diagonal there. L U is P A up to n epsilon times |L| |U|, element by element;
/// |L| is at most 1 (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, theorem
/// 9.3). Cost: n^3 / 3 multiplications and additions.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T factorize_lu(int n, T* a, T* rows) {
  T sign = T(1);
  for (int i = 0; i < n; ++i) rows[i] = static_cast<T>(i);
  for (int k = 0; k < n; ++k) {
    int p = k;
    for (int i = k + 1; i < n; ++i)
      if (is_better_pivot(a[i * n + k], abs(a[p * n + k]))) p = i;
    if (p != k) {
      exchange_rows(n, a, p, k);
      exchange_rows(1, rows, p, k);
      sign = -sign;
    }
    T const pivot = a[k * n + k];
    if (pivot == T(0)) continue;
    for (int i = k + 1; i < n; ++i) {
      T const factor = a[i * n + k] / pivot;
      a[i * n + k] = factor;
      subtract_row(n, k + 1, a, i, factor, k);
    }
  }
  return sign;
}

/// Whether a triangular matrix has a 0 on its diagonal.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr bool is_singular(int n, T const* triangle) {
  bool singular = false;
  for (int i = 0; i < n; ++i) singular = singular || triangle[i * n + i] == T(0);
  return singular;
}

/// Solves T X = Y for X, in place of Y, where T is the upper or lower triangle of `t`; `unit`: with
/// ones on the diagonal. X is exact for a triangle that differs by n epsilon |T|, element by
/// element (Higham, theorem 8.5). Cost: n^2 / 2 multiplications and additions a column.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void substitute(int n, int columns, T const* t, bool upper, bool unit,
                                             T* y) {
  for (int s = 0; s < n; ++s) {
    int const i = upper ? n - 1 - s : s;
    for (int e = 0; e < s; ++e) {
      int const k = upper ? n - 1 - e : e;
      subtract_row(columns, 0, y, i, t[i * n + k], k);
    }
    if (unit) continue;
    for (int j = 0; j < columns; ++j) y[i * columns + j] = y[i * columns + j] / t[i * n + i];
  }
}

/// Solves A X = B for X, in place of P B, given P A = L U.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr void substitute_lu(int n, int columns, T const* lu, T* y) {
  if (is_singular(n, lu)) return fill(n * columns, y, format<T>::nan);
  substitute(n, columns, lu, false, true, y);
  substitute(n, columns, lu, true, false, y);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
