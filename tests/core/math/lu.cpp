// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/lu.hpp>

#include <catch2/catch.hpp>

#include <utility>

#include "matrices.hpp"

using namespace matrices;
namespace m = ramp::math;

namespace {

/// Lower triangle with ones, or upper triangle, of what `factorize_lu` leaves.
template <class T>
matrix<T> triangle_of(matrix<T> const& lu, int n, bool upper) {
  matrix<T> t(lu.size(), T(0));
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      if (upper ? j >= i : j < i) t[at(n, i, j)] = lu[at(n, i, j)];
      if (!upper && i == j) t[at(n, i, j)] = T(1);
    }
  return t;
}

// [0, 2; 4, 8] has its rows exchanged
constexpr double sign_of_exchange = [] {
  double a[] = {0, 2, 4, 8};
  double rows[2] = {};
  double const sign = m::factorize_lu(2, a, rows);
  return a[0] == 4 && a[1] == 8 && a[2] == 0 && a[3] == 2 && rows[0] == 1 ? sign : 0;
}();
static_assert(sign_of_exchange == -1);

}  // namespace

TEMPLATE_TEST_CASE("P A = L U up to the stated error", "[math]", float, double) {
  using T = TestType;
  std::mt19937 source(1);
  for (int n = 1; n <= 16; ++n)
    for (int times = 0; times < 20; ++times) {
      auto const a = random_matrix<T>(n, n, source);
      auto lu = a;
      matrix<T> rows(static_cast<std::size_t>(n));
      T const sign = m::factorize_lu(n, lu.data(), rows.data());
      auto const l = triangle_of(lu, n, false);
      auto const u = triangle_of(lu, n, true);
      auto const exact = product(l, u, n);
      auto const scale = product(absolute(l), absolute(u), n);
      int inversions = 0;
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < i; ++j)
          inversions += rows[static_cast<std::size_t>(j)] > rows[static_cast<std::size_t>(i)];
      CHECK(sign == (inversions % 2 == 0 ? 1 : -1));
      bool good = true;
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
          int const row = static_cast<int>(rows[static_cast<std::size_t>(i)]);
          auto const difference = exact[at(n, i, j)] - static_cast<long double>(a[at(n, row, j)]);
          good = good && std::fabs(difference) <= n * epsilon<T> * scale[at(n, i, j)];
          good = good && std::fabs(l[at(n, i, j)]) <= 1;
        }
      INFO("n = " << n);
      CHECK(good);
    }
}

TEMPLATE_TEST_CASE("a triangle is solved up to the stated error", "[math]", float, double) {
  using T = TestType;
  std::mt19937 source(2);
  for (bool upper : {false, true})
    for (bool unit : {false, true})
      for (int n = 1; n <= 16; ++n) {
        auto t = random_matrix<T>(n, n, source);
        auto const b = random_matrix<T>(n, 3, source);
        auto x = b;
        m::substitute(n, 3, t.data(), upper, unit, x.data());
        for (int i = 0; i < n; ++i)  // what is not to be read
          for (int j = 0; j < n; ++j) {
            if (upper ? j < i : j > i) t[at(n, i, j)] = T(0);
            if (unit && i == j) t[at(n, i, j)] = T(1);
          }
        auto const given = product(t, x, n);
        auto const scale = product(absolute(t), absolute(x), n);
        bool good = true;
        for (std::size_t i = 0; i < b.size(); ++i)
          good = good && std::fabs(given[i] - static_cast<long double>(b[i])) <=
                             n * epsilon<T> * scale[i];
        INFO("n = " << n);
        CHECK(good);
      }
}

TEMPLATE_TEST_CASE("a NaN is a pivot before any number", "[math]", float, double) {
  using T = TestType;
  CHECK(m::is_better_pivot(nan_v<T>, inf_v<T>));
  CHECK(!m::is_better_pivot(inf_v<T>, nan_v<T>));
  CHECK(!m::is_better_pivot(T(0), T(0)));
  matrix<T> a{0, 1, nan_v<T>, 1};
  matrix<T> rows(2);
  (void)m::factorize_lu(2, a.data(), rows.data());
  CHECK(std::isnan(a[0]));
  CHECK(std::isnan(a[3]));
}

TEMPLATE_TEST_CASE("a column of zeros makes a matrix singular", "[math]", float, double) {
  using T = TestType;
  matrix<T> a{0, 1, 2, 0, 3, 4, 0, 5, 6};
  matrix<T> rows(3);
  (void)m::factorize_lu(3, a.data(), rows.data());
  CHECK(a[0] == 0);
  CHECK(m::is_singular(3, a.data()));
  matrix<T> y{1, 2, 3};
  m::substitute_lu(3, 1, a.data(), y.data());
  for (T x : y) CHECK(std::isnan(x));
}
