// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/determinant.hpp>

#include <catch2/catch.hpp>

#include "matrices.hpp"

using namespace matrices;
namespace m = ramp::math;

namespace {

template <class T>
T determinant_of(matrix<T> a) {
  int const n = static_cast<int>(std::lround(std::sqrt(a.size())));
  matrix<T> work(static_cast<std::size_t>(n));
  return m::determinant(n, a.data(), work.data());
}
template <class T>
m::signed_logarithm<T> logarithm_of(matrix<T> a) {
  int const n = static_cast<int>(std::lround(std::sqrt(a.size())));
  matrix<T> work(static_cast<std::size_t>(n));
  return m::log_determinant(n, a.data(), work.data());
}
template <class T>
matrix<T> diagonal(std::vector<T> const& d) {
  int const n = static_cast<int>(d.size());
  matrix<T> a(d.size() * d.size(), T(0));
  for (int i = 0; i < n; ++i) a[at(n, i, i)] = d[static_cast<std::size_t>(i)];
  return a;
}

constexpr double of_four = [] {
  double a[] = {2, 0, 0, 0, 0, 0, 3, 0, 0, 5, 0, 0, 0, 0, 0, 7};
  double work[4] = {};
  return m::determinant(4, a, work);
}();
static_assert(of_four == -210);
constexpr double logarithm_of_four = [] {
  double a[] = {1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1};
  double work[4] = {};
  auto const [sign, log_abs] = m::log_determinant(4, a, work);
  return sign == 1 ? log_abs : 1;
}();
static_assert(logarithm_of_four == 0);

}  // namespace

TEMPLATE_TEST_CASE("determinants of integers are exact up to n = 3", "[math]", float, double) {
  using T = TestType;
  CHECK(determinant_of<T>({-7}) == -7);
  CHECK(determinant_of<T>({1, 2, 3, 4}) == -2);
  CHECK(determinant_of<T>({1, 2, 3, 4, 5, 6, 7, 8, 9}) == 0);
  CHECK(determinant_of<T>({2, -1, 0, -1, 2, -1, 0, -1, 2}) == 4);
  // equal products cancel, whatever their rounding was
  CHECK(determinant_of<T>({T(0.1), T(0.1), T(0.1), T(0.1)}) == 0);
}

TEMPLATE_TEST_CASE("determinants have the stated error", "[math]", float, double) {
  using T = TestType;
  std::mt19937 source(3);
  for (int n = 1; n <= 6; ++n)
    for (int times = 0; times < 50; ++times) {
      auto const a = random_matrix<T>(n, n, source);
      long double const exact = determinant(a, n);
      // every product at once: what is taken as the error of an element moves the determinant by
      // its cofactor
      long double scale = 0.0L;
      for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j)
          scale += std::fabs(static_cast<long double>(a[at(n, i, j)]) * cofactor(a, n, i, j));
      INFO("n = " << n << ", " << exact);
      CHECK(std::fabs(static_cast<long double>(determinant_of(a)) - exact) <=
            4 * n * epsilon<T> * scale);
      auto const [sign, log_abs] = logarithm_of(a);
      CHECK(sign == (exact < 0 ? -1 : 1));
      CHECK(std::fabs(static_cast<long double>(log_abs) - std::log(std::fabs(exact))) <=
            4 * n * epsilon<T> * scale / std::fabs(exact) +
                epsilon<T> * std::fabs(std::log(std::fabs(exact))));
    }
}

TEMPLATE_TEST_CASE("a logarithm does not overflow or underflow", "[math]", float, double) {
  using T = TestType;
  T const huge = std::numeric_limits<T>::max();
  T const tiny = std::numeric_limits<T>::denorm_min();
  for (auto const& d : std::vector<std::vector<T>>{{huge, huge, huge},
                                                   {huge, huge, huge, huge, huge},
                                                   {tiny, tiny},
                                                   {tiny, tiny, tiny, tiny},
                                                   {huge, tiny},
                                                   {huge, tiny, 3, 5, huge},
                                                   {1, tiny, -1}}) {
    long double expected = 0.0L;
    T sign = 1;
    for (T x : d) {
      expected += std::log(std::fabs(static_cast<long double>(x)));
      if (x < 0) sign = -sign;
    }
    auto const given = logarithm_of(diagonal(d));
    INFO(expected << " for " << given.log_abs);
    CHECK(given.sign == sign);
    CHECK(std::fabs(static_cast<long double>(given.log_abs) - expected) <=
          2 * epsilon<T> * std::fabs(expected));
  }
}

TEMPLATE_TEST_CASE("special determinants", "[math]", float, double) {
  using T = TestType;
  for (int n = 1; n <= 5; ++n) {
    INFO("n = " << n);
    auto const size = static_cast<std::size_t>(n * n);
    CHECK(determinant_of(matrix<T>(size, T(0))) == 0);
    auto const zero = logarithm_of(matrix<T>(size, T(0)));
    CHECK(zero.sign == 0);
    CHECK(zero.log_abs == -inf_v<T>);
    for (std::size_t i = 0; i < size; ++i) {
      matrix<T> a = diagonal(std::vector<T>(static_cast<std::size_t>(n), T(2)));
      a[i] = nan_v<T>;
      CHECK(std::isnan(determinant_of(a)));
      CHECK(std::isnan(logarithm_of(a).sign));
      CHECK(std::isnan(logarithm_of(a).log_abs));
      matrix<T> b(size, T(0));  // a NaN among zeros
      b[i] = nan_v<T>;
      CHECK(std::isnan(determinant_of(b)));
      CHECK(std::isnan(logarithm_of(b).log_abs));
    }
  }
  CHECK(logarithm_of<T>({inf_v<T>}).log_abs == inf_v<T>);
  CHECK(logarithm_of<T>({-inf_v<T>}).sign == -1);
}
