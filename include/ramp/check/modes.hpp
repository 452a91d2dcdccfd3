// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include <ramp/check/gradient.hpp>
#include <ramp/pass/forward.hpp>

// Exact cross-checks of the two modes of differentiation, which need no step and no stencil.

namespace ramp::check {

/// `root` differentiated forward along `directions[j]` of the arguments `wrt[j]`, row-major.
inline std::vector<double> forward_derivative(graph g, int root, std::vector<int> const& wrt,
                                              point at, point const& directions,
                                              kink_policy policy) {
  std::vector<int> nodes;
  std::vector<int> tangents;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    nodes.push_back(g.argument_node(wrt[j]));
    ir::argument tangent = g.arguments[static_cast<std::size_t>(wrt[j])];
    tangent.name = "tangent";
    g.arguments.push_back(tangent);
    tangents.push_back(g.argument_node(static_cast<int>(g.arguments.size()) - 1));
    at.push_back(directions[j]);
  }
  int const moved = pass::forward(g, {root}, nodes, tangents, policy)[0];
  auto const count = static_cast<std::size_t>(g[root].result_shape().elements());
  std::vector<double> result(count, 0.0);
  if (moved < 0) return result;
  auto const e = evaluate_at(g, at);
  bool const one_number = g[moved].rank == 0;
  for (std::size_t i = 0; i < count; ++i) result[i] = e[moved][one_number ? 0 : i];
  return result;
}

/// The adjoints of the arguments `wrt` for the weights `weights` on the elements of `root`.
inline point reverse_derivative(graph g, int root, std::vector<int> const& wrt, point at,
                                std::vector<double> const& weights, kink_policy policy) {
  g.arguments.push_back({"weight", ir::argument_kind::variable, g[root].result_shape(), 0});
  int const seed = g.argument_node(static_cast<int>(g.arguments.size()) - 1);
  at.push_back(weights);
  std::vector<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  auto const adjoints = pass::reverse(g, {root}, {seed}, nodes, policy);
  auto const e = evaluate_at(g, at);
  point result;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    auto& values = result.emplace_back(at[static_cast<std::size_t>(wrt[j])].size(), 0.0);
    if (adjoints[j] < 0) continue;
    bool const one_number = g[adjoints[j]].rank == 0;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = e[adjoints[j]][one_number ? 0 : i];
  }
  return result;
}

struct mode_options {
  kink_policy policy = standard.value;
  /// Relative to the largest number in a row of the Jacobian, or to the sum of what a product adds
  /// up. The modes round differently; where every product is exact, as at kinks of well chosen
  /// inputs, 0 is the right tolerance.
  double tolerance = 1e-12;
  /// Absolute, for derivatives of which nothing but rounding is left.
  double floor = 0.0;
};

/// Compares the whole Jacobian of `root`, column by column forward and row by row in reverse. The
/// entry's `analytic` is the forward value, its bounds are the reverse value; NaN equals NaN.
/// Cost: one evaluation for each element of `wrt` and of `root`.
inline report check_forward_reverse(graph const& g, int root, std::vector<int> const& wrt,
                                    point const& at, mode_options const& options = {}) {
  point zero;
  for (int w : wrt) zero.emplace_back(at[static_cast<std::size_t>(w)].size(), 0.0);
  auto const rows = static_cast<std::size_t>(g[root].result_shape().elements());
  std::vector<point> reverse;
  std::vector<double> largest(rows, 0.0);
  for (std::size_t r = 0; r < rows; ++r) {
    std::vector<double> weights(rows, 0.0);
    weights[r] = 1.0;
    reverse.push_back(reverse_derivative(g, root, wrt, at, weights, options.policy));
    for (auto const& values : reverse.back())
      for (double x : values) largest[r] = std::fmax(largest[r], std::fabs(x));
  }
  report result;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t i = 0; i < zero[j].size(); ++i) {
      point direction = zero;
      direction[j][i] = 1.0;
      auto const column = forward_derivative(g, root, wrt, at, direction, options.policy);
      for (std::size_t r = 0; r < rows; ++r) {
        entry e;
        e.argument = g.arguments[static_cast<std::size_t>(wrt[j])].name;
        e.index = static_cast<int>(i);
        e.analytic = column[r];
        e.lower = e.upper = reverse[r][j][i];
        e.tolerance = options.tolerance * largest[r] + options.floor;
        bool const both_nan = std::isnan(e.analytic) && std::isnan(e.lower);
        bool const equal = both_nan || e.analytic == e.lower;  // infinities too
        e.outcome = equal || e.badness() <= 1.0 ? verdict::agrees : verdict::differs;
        result.add(e);
      }
    }
  return result;
}

/// Compares <J v, w> with <v, J^T w> for given directions v and weights w: one evaluation for each
/// mode, whatever the size. The entry's `analytic` is the forward product.
inline report check_dot_product(graph const& g, int root, std::vector<int> const& wrt,
                                point const& at, point const& directions,
                                std::vector<double> const& weights,
                                mode_options const& options = {}) {
  auto const pushed = forward_derivative(g, root, wrt, at, directions, options.policy);
  auto const pulled = reverse_derivative(g, root, wrt, at, weights, options.policy);
  double forward = 0.0;
  double backward = 0.0;
  double size = 0.0;
  for (std::size_t r = 0; r < pushed.size(); ++r) {
    forward += pushed[r] * weights[r];
    size += std::fabs(pushed[r] * weights[r]);
  }
  for (std::size_t j = 0; j < pulled.size(); ++j)
    for (std::size_t i = 0; i < pulled[j].size(); ++i) {
      backward += pulled[j][i] * directions[j][i];
      size += std::fabs(pulled[j][i] * directions[j][i]);
    }
  entry e;
  e.argument = "<J v, w>";
  e.analytic = forward;
  e.lower = e.upper = backward;
  e.tolerance = options.tolerance * size + options.floor;
  e.outcome = e.badness() <= 1.0 ? verdict::agrees : verdict::differs;
  report result;
  result.add(e);
  return result;
}

}  // namespace ramp::check
