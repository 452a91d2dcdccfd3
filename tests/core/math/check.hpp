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
  for (T const x : extremes<T>()) {
    for (T const y : extremes<T>()) {
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

template <typename T, typename Function>
void check_points(Function f, std::vector<point<T>> const& points) {
  for (auto const [x, y] : missed<T>(f, points)) {
    CAPTURE(sizeof(T), x);
    FAIL_CHECK("a special point is missed, got " << y);
  }
  CHECK(!points.empty());
}

}  // namespace accuracy
