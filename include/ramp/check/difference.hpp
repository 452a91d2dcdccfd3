// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace ramp::check {

/// A derivative found by differences and a bound for its error, truncation and rounding together.
struct estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::infinity();
};

/// The step to begin with: eps^(1/7) * max(1, |x|), which balances truncation against rounding for
/// a formula of sixth order; a power of two, so that x + h is exact for most x.
inline double first_step(double x) {
  double const balanced =
      std::pow(std::numeric_limits<double>::epsilon(), 1.0 / 7.0) * std::max(1.0, std::fabs(x));
  return std::exp2(std::round(std::log2(balanced)));
}

/// The six neighbours of x in a central formula of sixth order.
/// Source: B. Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids",
/// Mathematics of Computation 51, 1988.
struct central_stencil {
  static constexpr int order = 6;
  static constexpr std::array<double, 6> offset{-3, -2, -1, 1, 2, 3};
  static constexpr std::array<double, 6> weight{-1.0 / 60, 9.0 / 60,  -45.0 / 60,
                                                45.0 / 60, -9.0 / 60, 1.0 / 60};
};

/// A formula of fourth order that looks at one side of x only; `Side` is 1 or -1. Source: the same.
/// The weight of x itself is minus the sum of the others, here as above.
template <int Side>
struct one_sided_stencil {
  static constexpr int order = 4;
  static constexpr std::array<double, 4> offset{1.0 * Side, 2.0 * Side, 3.0 * Side, 4.0 * Side};
  static constexpr std::array<double, 4> weight{4.0 * Side, -3.0 * Side, 4.0 / 3 * Side,
                                                -0.25 * Side};
};

/// The derivative at x of a function whose value there is `centre`, with step h. `f(x)` is called
/// for the stencil of h and that of h/2; the error estimate is Richardson's, from the two, and what
/// rounding of f and of x can do. Cost: two calls for each point of the stencil.
template <class Stencil, class F>
estimate differentiate(F&& f, double x, double centre, double h) {
  double largest = std::fabs(centre);
  auto quotient = [&](double step) {
    double sum = 0.0;
    for (std::size_t i = 0; i < Stencil::offset.size(); ++i) {
      double const y = f(x + Stencil::offset[i] * step);
      largest = std::max(largest, std::fabs(y));
      sum += Stencil::weight[i] * (y - centre);
    }
    return sum / step;
  };
  double const coarse = quotient(h);
  double const fine = quotient(h / 2);
  double const rounding =
      std::numeric_limits<double>::epsilon() * (largest + std::fabs(x * fine)) / h;
  double const ratio = std::exp2(Stencil::order) - 1.0;
  // twice the theoretical error of the finer quotient: the step is small, but not infinitely so
  return {fine, 2.0 * std::fabs(fine - coarse) / ratio + 4.0 * rounding};
}

}  // namespace ramp::check
