// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <ramp/check/line.hpp>
#include <ramp/check/report.hpp>
#include <ramp/core/list.hpp>
#include <ramp/pass/reverse.hpp>

// Numerical differentiation of graphs: what check_gradient in check/expression.hpp does with an
// expression. For tests: it evaluates by the reference evaluator, in double, and allocates.

namespace ramp::check {

struct gradient_options {
  kink_policy policy = standard.value;  ///< for kinks that do not say otherwise
  double floor = 1e-10;  ///< added to the tolerance, times the larger of 1 and the derivative
  double noise = 1e-4;   ///< a relative tolerance above this compares nothing: skipped_noisy
  int shrinks = 10;      ///< how often a step is divided by 4 to stay on one smooth piece
};

namespace detail {

/// An entry that allows what lies between two estimates, and wants `good` to be said of it; its
/// `analytic` is still missing.
inline entry between(estimate low, estimate high, verdict good, gradient_options const& options) {
  entry e;
  if (low.value > high.value) std::swap(low, high);
  double const size = std::max({1.0, std::fabs(low.value), std::fabs(high.value)});
  e.lower = low.value;
  e.upper = high.value;
  e.tolerance = 10 * std::max(low.error, high.error) + options.floor * size;
  e.outcome = e.tolerance > options.noise * size ? verdict::skipped_noisy : good;
  return e;
}

/// What a derivative of number k of a line has to be; likewise.
inline entry expected(line& l, std::size_t k, gradient_options const& options) {
  entry e;
  if (!std::isfinite(l.centre(k))) {
    e.outcome = verdict::skipped_undefined;
    return e;
  }
  auto const smooth = l.derivative<central_stencil>(k, true, options.shrinks);
  if (std::isfinite(smooth.error)) return between(smooth, smooth, verdict::agrees, options);
  if (l.on_kink()) {
    auto const left = l.derivative<one_sided_stencil<-1>>(k, false, options.shrinks);
    auto const right = l.derivative<one_sided_stencil<1>>(k, false, options.shrinks);
    if (std::isfinite(left.error) && std::isfinite(right.error))
      return between(left, right, verdict::agrees_on_kink, options);
  }
  e.outcome = verdict::skipped_near_kink;
  return e;
}

}  // namespace detail

/// What the derivatives of the scalar node `root` with respect to every element of the arguments
/// `wrt` have to be, by central differences of sixth order. A step that would cross a kink or leave
/// the domain is made smaller; at a point on a kink the bounds are the one-sided derivatives.
/// Cost: 12 evaluations of the graph for each element and step tried.
inline std::vector<entry> numerical_gradient(graph const& g, int root, list<int> const& wrt,
                                             point const& at,
                                             gradient_options const& options = {}) {
  std::vector<entry> all;
  for (int w : wrt) {
    auto const a = static_cast<std::size_t>(w);
    for (std::size_t i = 0; i < at[a].size(); ++i) {
      auto l = line::of_element(g, {{root, 0}}, at, a, i);
      entry& e = all.emplace_back(detail::expected(l, 0, options));
      e.argument = g.arguments[a].name;
      e.index = static_cast<int>(i);
    }
  }
  return all;
}

/// Compares the elements of `analytic`, one after the other, with `expected`.
inline report compare_gradient(std::vector<entry> const& expected, point const& analytic) {
  report result;
  std::size_t next = 0;
  for (auto const& values : analytic)
    for (double x : values) result.add(expected[next++].compared_with(x));
  return result;
}

/// Compares `analytic[j]`, the derivative of the scalar node `root` with respect to the argument
/// `wrt[j]`, with differences, as `numerical_gradient` has them.
inline report compare_gradient(graph const& g, int root, list<int> const& wrt,
                               point const& at, point const& analytic,
                               gradient_options const& options = {}) {
  return compare_gradient(numerical_gradient(g, root, wrt, at, options), analytic);
}

/// The gradient of the scalar node `root` with respect to the arguments `wrt`, in reverse mode.
inline point reverse_gradient(graph g, int root, list<int> const& wrt, point const& at,
                              kink_policy policy) {
  list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  auto const adjoints = pass::reverse(g, {root}, {g.constant(1.0)}, nodes, policy);
  auto const e = evaluate_at(g, at);
  point result;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    result.push_back(values_of(g, e, adjoints[j], at[static_cast<std::size_t>(wrt[j])].size()));
  return result;
}

/// Checks ramp's own gradient of the scalar node `root`.
inline report check_gradient(graph const& g, int root, list<int> const& wrt, point const& at,
                             gradient_options const& options = {}) {
  return compare_gradient(g, root, wrt, at, reverse_gradient(g, root, wrt, at, options.policy),
                          options);
}

/// Compares <g, v> for `analytic` g, the gradient of the scalar node `root` with respect to the
/// arguments `wrt`, with the derivative of the node along the direction v. On a kink that v leaves
/// there is nothing to compare: <g, v> need not lie between the slopes along v and against it,
/// because other elements may be on kinks of their own. `compare_gradient` compares those.
/// Cost: 12 evaluations of the graph for each step tried, whatever the number of elements.
inline report compare_directional_derivative(graph const& g, int root, list<int> const& wrt,
                                             point const& at, point const& direction,
                                             point const& analytic,
                                             gradient_options const& options = {}) {
  double product = 0.0;
  double rounding = 0.0;  // what rounding of the moved elements may change
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t i = 0; i < analytic[j].size(); ++i) {
      product += analytic[j][i] * direction[j][i];
      double const effect = std::fabs(analytic[j][i] * at[static_cast<std::size_t>(wrt[j])][i]);
      if (std::isfinite(effect)) rounding += effect;
    }
  auto l = line::along(g, {{root, 0}}, at, wrt, direction, rounding);
  entry e = detail::expected(l, 0, options);
  if (e.outcome == verdict::agrees_on_kink) e.outcome = verdict::skipped_near_kink;
  e.argument = "<g, v>";
  e.index = -1;
  report result;
  result.add(e.compared_with(product));
  return result;
}

/// Checks ramp's own gradient of the scalar node `root` along one direction. An error in one
/// element alone is found wherever v is not 0; errors of several may cancel each other.
inline report check_directional_derivative(graph const& g, int root, list<int> const& wrt,
                                           point const& at, point const& direction,
                                           gradient_options const& options = {}) {
  return compare_directional_derivative(
      g, root, wrt, at, direction, reverse_gradient(g, root, wrt, at, options.policy), options);
}

}  // namespace ramp::check
