// SPDX-License-Identifier: BSL-1.0
#pragma once

// Operands of one to four dimensions, and values at them, for functions of tensors.

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/leaf.hpp>

#include "expr/evaluate.hpp"

namespace ramp::test {

using numbers = std::vector<double>;
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline constexpr auto v = variable<"v", 4>;
inline constexpr auto m = variable<"m", 2, 3>;
inline constexpr auto cube = variable<"cube", 2, 3, 2>;
inline constexpr auto deep = variable<"deep", 2, 1, 3, 2>;

/// The value of an expression of these, each with its own elements.
inline numbers value(auto const& f) {
  return elements(f, {{"v", {3, -1, 2, -4}},
                      {"m", {1, 2, 3, 4, 5, 6}},
                      {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
                      {"deep", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}});
}
/// The value of an expression of v alone, at other elements.
inline numbers value_at(numbers const& of_v, auto const& f) { return elements(f, {{"v", of_v}}); }

inline bool are_nan(numbers const& all) {
  bool result = true;
  for (double x : all) result = result && std::isnan(x);
  return result;
}

}  // namespace ramp::test
