// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

// Matrices to test with, row-major, and the truth about them in long double.

namespace matrices {

template <class T>
using matrix = std::vector<T>;

template <class T>
inline constexpr T nan_v = std::numeric_limits<T>::quiet_NaN();
template <class T>
inline constexpr T inf_v = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr long double epsilon = std::numeric_limits<T>::epsilon();

inline std::size_t at(int n, int i, int j) { return static_cast<std::size_t>(i * n + j); }

template <class T>
matrix<T> random_matrix(int rows, int columns, std::mt19937& source) {
  std::normal_distribution<double> normal;
  matrix<T> a;
  for (int i = 0; i < rows * columns; ++i) a.push_back(static_cast<T>(normal(source)));
  return a;
}

/// A B, where A has as many columns as B has rows.
template <class T, class U>
matrix<long double> product(matrix<T> const& a, matrix<U> const& b, int inner) {
  int const rows = static_cast<int>(a.size()) / inner;
  int const columns = static_cast<int>(b.size()) / inner;
  matrix<long double> c(static_cast<std::size_t>(rows * columns), 0.0L);
  for (int i = 0; i < rows; ++i)
    for (int k = 0; k < inner; ++k)
      for (int j = 0; j < columns; ++j)
        c[at(columns, i, j)] += static_cast<long double>(a[at(inner, i, k)]) *
                                static_cast<long double>(b[at(columns, k, j)]);
  return c;
}

template <class T>
matrix<T> absolute(matrix<T> a) {
  for (T& x : a) x = std::fabs(x);
  return a;
}

/// The product of an n x r and an r x n matrix.
template <class T>
matrix<T> random_matrix_of_rank(int n, int rank, std::mt19937& source) {
  if (rank == 0) return matrix<T>(static_cast<std::size_t>(n * n), T(0));
  matrix<T> a;
  auto const exact = product(random_matrix<T>(n, rank, source), random_matrix<T>(rank, n, source),
                             rank);
  for (long double x : exact) a.push_back(static_cast<T>(x));
  return a;
}

/// `a` without row r and column s.
template <class T>
matrix<T> without(matrix<T> const& a, int n, int r, int s) {
  matrix<T> b;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      if (i != r && j != s) b.push_back(a[at(n, i, j)]);
  return b;
}

/// Along the first row, without a division: right for every matrix, and slow.
template <class T>
long double determinant(matrix<T> const& a, int n) {
  if (n == 0) return 1.0L;
  long double sum = 0.0L;
  for (int j = 0; j < n; ++j)
    sum += (j % 2 == 0 ? 1.0L : -1.0L) * static_cast<long double>(a[at(n, 0, j)]) *
           determinant(without(a, n, 0, j), n - 1);
  return sum;
}

template <class T>
long double cofactor(matrix<T> const& a, int n, int i, int j) {
  return ((i + j) % 2 == 0 ? 1.0L : -1.0L) * determinant(without(a, n, i, j), n - 1);
}

/// Of a determinant, the derivative along E: one row after the other is that of E.
template <class T>
long double determinant_along(matrix<T> const& a, matrix<T> const& e, int n) {
  long double sum = 0.0L;
  for (int i = 0; i < n; ++i) {
    matrix<T> b = a;
    for (int j = 0; j < n; ++j) b[at(n, i, j)] = e[at(n, i, j)];
    sum += determinant(b, n);
  }
  return sum;
}

}  // namespace matrices
