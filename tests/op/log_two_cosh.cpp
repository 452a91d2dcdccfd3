// SPDX-License-Identifier: BSL-1.0
#include <ramp/op/log_two_cosh.hpp>

#include "core/math/check.hpp"

TEMPLATE_TEST_CASE("log_two_cosh is as accurate as it states", "[op]", float, double) {
  using op = ramp::op::log_two_cosh;
  auto const value = [](auto x) { return op::value(x); };
  auto const exact = [](long double x) {
    return std::fabs(x) + std::log1p(std::exp(-2 * std::fabs(x)));
  };
  double const limit = op::max_ulp;
  for (double const range : {0.5, 4.0, 50.0, 1e30})
    accuracy::check_range<TestType>(value, exact, {limit, limit}, -range, range);
}
