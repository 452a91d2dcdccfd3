// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/cofactor.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

#include "matrices.hpp"

using namespace matrices;
namespace m = ramp::math;

namespace {

template <class T>
matrix<T> cofactors_of(matrix<T> a, int n) {
  matrix<T> y(a.size()), work(2 * a.size());
  m::cofactors(n, a.data(), y.data(), work.data());
  return y;
}
template <class T>
matrix<T> cofactors_along(matrix<T> a, matrix<T> const& e, int n) {
  matrix<T> y(a.size()), work(3 * a.size() + 1);
  m::prepare_cofactors(n, a.data(), work.data());
  m::cofactors_along(n, a.data(), e.data(), y.data(), work.data());
  return y;
}
template <class T>
long double largest(matrix<T> const& a) {
  long double size = 0.0L;
  for (T x : a) size = std::max(size, std::fabs(static_cast<long double>(x)));
  return size;
}

constexpr bool constant_evaluation_is_right = [] {
  double a[] = {1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0};  // of rank 3
  double y[16] = {}, work[32] = {};
  m::cofactors(4, a, y, work);
  for (int i = 0; i < 16; ++i)
    if (y[i] != (i == 15 ? 3 : 0)) return false;
  return true;
}();
static_assert(constant_evaluation_is_right);

}  // namespace

TEMPLATE_TEST_CASE("cofactors of integers are exact up to n = 3", "[math]", float, double) {
  using T = TestType;
  CHECK(cofactors_of<T>({5}, 1) == matrix<T>{1});
  CHECK(cofactors_of<T>({1, 2, 3, 4}, 2) == matrix<T>{4, -3, -2, 1});
  CHECK(cofactors_of<T>({1, 2, 3, 4, 5, 6, 7, 8, 9}, 3) ==
        matrix<T>{-3, 6, -3, 6, -12, 6, -3, 6, -3});
  CHECK(cofactors_along<T>({5}, {3}, 1) == matrix<T>{0});
  CHECK(cofactors_along<T>({0, 0, 0, 0}, {1, 2, 3, 4}, 2) == matrix<T>{4, -3, -2, 1});
  CHECK(cofactors_along<T>({1, 0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 2, 0, 0, 0, 3}, 3) ==
        matrix<T>{0, 0, 0, 0, 3, 0, 0, 0, 2});
}

TEMPLATE_TEST_CASE("cofactors are right for matrices of any rank", "[math]", float, double) {
  using T = TestType;
  std::mt19937 source(4);
  for (int n = 1; n <= 6; ++n)
    for (int rank = 0; rank <= n; ++rank)
      for (int times = 0; times < 5; ++times) {
        auto const a = random_matrix_of_rank<T>(n, rank, source);
        auto const e = random_matrix<T>(n, n, source);
        auto const c = cofactors_of(a, n);
        auto const d = cofactors_along(a, e, n);
        // products of n - 1 elements, and of n - 2 and one of E
        long double const size = std::max(largest(a), 1e-30L);
        long double const bound =
            50 * n * epsilon<T> * std::pow(size, static_cast<long double>(n - 1));
        long double error = 0.0L;
        long double error_along = 0.0L;
        for (int i = 0; i < n; ++i)
          for (int j = 0; j < n; ++j) {
            long double const sign = (i + j) % 2 == 0 ? 1.0L : -1.0L;
            long double const along =
                sign * determinant_along(without(a, n, i, j), without(e, n, i, j), n - 1);
            error = std::max(error, std::fabs(static_cast<long double>(c[at(n, i, j)]) -
                                              cofactor(a, n, i, j)));
            error_along = std::max(
                error_along, std::fabs(static_cast<long double>(d[at(n, i, j)]) - along));
          }
        INFO("n = " << n << ", rank " << rank);
        CHECK(error <= bound);
        CHECK(error_along <= bound * n * largest(e) / size);
      }
}

TEMPLATE_TEST_CASE("cofactors of matrices with a NaN", "[math]", float, double) {
  using T = TestType;
  for (int n = 2; n <= 5; ++n)
    for (std::size_t i = 0; i < static_cast<std::size_t>(n * n); ++i) {
      matrix<T> a(static_cast<std::size_t>(n * n), T(0));
      a[i] = nan_v<T>;
      auto const has_nan = [](matrix<T> const& y) {
        return std::any_of(y.begin(), y.end(), [](T x) { return x != x; });
      };
      INFO("n = " << n << ", element " << i);
      CHECK(has_nan(cofactors_of(a, n)));
      CHECK(has_nan(cofactors_along(matrix<T>(a.size(), T(1)), a, n)));
    }
}
