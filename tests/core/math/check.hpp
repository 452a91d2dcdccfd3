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

template <typename T, typename Function>
void check_points(Function f, std::vector<point<T>> const& points) {
  for (auto const [x, y] : missed<T>(f, points)) {
    CAPTURE(sizeof(T), x);
    FAIL_CHECK("a special point is missed, got " << y);
  }
  CHECK(!points.empty());
}

}  // namespace accuracy
