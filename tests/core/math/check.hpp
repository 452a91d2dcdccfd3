// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <catch2/catch.hpp>

#include "accuracy.hpp"

namespace accuracy {

/// Fails unless pack and scalar stay within the bound on [low, high] and close to each other.
template <typename T, typename Function, typename Reference>
void check_range(Function f, Reference exact, bound limit, double low, double high) {
  auto const worst = measure<T>(points<T>(low, high), f, exact);
  CAPTURE(sizeof(T), low, high, worst.x, worst.apart);
  CHECK(worst.error <= for_type<T>(limit));
  CHECK(worst.scalar <= for_type<T>(limit));
  CHECK(worst.apart <= apart);
}

/// The same for two arguments: every x of [low, high] with some y of [low_y, high_y].
template <typename T, typename Function, typename Reference>
void check_ranges(Function f, Reference exact, bound limit, double low, double high, double low_y,
                  double high_y) {
  auto const xs = points<T>(low, high);
  auto ys = points<T>(low_y, high_y);
  std::shuffle(ys.begin(), ys.end(), std::mt19937_64(5));
  std::vector<T> partners;
  for (std::size_t i = 0; i < xs.size(); ++i) partners.push_back(ys[i % ys.size()]);
  auto const worst = measure<T>(xs, partners, f, exact);
  CAPTURE(sizeof(T), low, high, low_y, high_y, worst.x, worst.y, worst.apart);
  CHECK(worst.error <= for_type<T>(limit));
  CHECK(worst.scalar <= for_type<T>(limit));
  CHECK(worst.apart <= apart);
}

/// Fails unless scalars and lanes agree with the reference, to so many units in the last place,
/// wherever both arguments are among the extremes.
template <typename T, typename Function, typename Reference>
void check_extremes(Function f, Reference reference, double tolerance = 1) {
  for (T const x : extremes<T>) {
    for (T const y : extremes<T>) {
      T const expected = reference(x, y);
      pack<T> xs(T(1)), ys(T(2));
      xs.set(1, x);
      ys.set(1, y);
      CAPTURE(sizeof(T), x, y, expected, f(x, y), f(xs, ys)[1]);
      auto const exact = static_cast<long double>(expected);
      CHECK(ulps(f(x, y), exact) <= tolerance);
      CHECK(ulps(f(xs, ys)[1], exact) <= tolerance);
      CHECK(ulps(f(xs, ys)[0], static_cast<long double>(f(T(1), T(2)))) <= 2);
    }
  }
}

/// Fails unless pack and scalar are within `limit` units in the last place of the larger of
/// exact(x) and size(x): for differences of numbers of that size. Poles are left out.
template <typename T, typename Function, typename Reference, typename Size>
void check_scaled(Function f, Reference exact, Size size, double limit, double low, double high,
                  int count = 10000) {
  constexpr int n = pack<T>::size;
  auto const xs = points<T>(low, high, count);
  double worst = 0;
  T worst_x = 0;
  for (std::size_t i = 0; i + n <= xs.size(); i += n) {
    pack<T> const y = f(pack<T>::load(&xs[i]));
    for (int j = 0; j < n; ++j) {
      T const x = xs[i + static_cast<std::size_t>(j)];
      if (x == std::round(x)) continue;
      auto const wanted = exact(static_cast<long double>(x));
      auto const scale = std::max(std::fabs(wanted), size(static_cast<long double>(x)));
      if (!(scale < static_cast<long double>(std::numeric_limits<T>::max()))) continue;
      long double const unit =
          std::ldexp(1.0L, std::ilogb(scale) + 1 - std::numeric_limits<T>::digits);
      for (T const got : {y[j], f(x)}) {
        auto const error =
            static_cast<double>(std::fabs(static_cast<long double>(got) - wanted) / unit);
        if (!(error <= worst)) {
          worst = error;
          worst_x = x;
        }
      }
    }
  }
  CAPTURE(sizeof(T), low, high, worst_x);
  CHECK(worst <= limit);
}

template <typename T, typename Function>
void check_points(Function f, std::vector<point<T>> const& points) {
  for (auto const [x, y] : missed<T>(f, points)) {
    CAPTURE(sizeof(T), x);
    FAIL_CHECK("a special point is missed, got " << y);
  }
  CHECK(!points.empty());
}

}  // namespace accuracy
