// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <ramp/check/branches.hpp>
#include <ramp/check/difference.hpp>
#include <ramp/check/report.hpp>
#include <ramp/pass/reverse.hpp>

// Numerical differentiation of graphs: what check_gradient in check/check_gradient.hpp does with an
// expression. For tests: it evaluates by the reference evaluator, in double, and allocates.

namespace ramp::check {

/// The row-major values of every argument of a graph, in the order of `graph::arguments`.
using point = std::vector<std::vector<double>>;

struct gradient_options {
  kink_policy policy = standard.value;  ///< for kinks that do not say otherwise
  double floor = 1e-10;  ///< added to the tolerance, times the larger of 1 and the derivative
  double noise = 1e-4;   ///< a relative tolerance above this compares nothing: skipped_noisy
  int shrinks = 10;      ///< how often a step is divided by 4 to stay on one smooth piece
};

inline ir::evaluation<double> evaluate_at(graph const& g, point const& at) {
  std::vector<double const*> arguments;
  for (auto const& values : at) arguments.push_back(values.data());
  return ir::evaluate<double>(g, arguments);
}

namespace detail {

/// A scalar node as a function of one element of one argument.
class slice_function {
 public:
  slice_function(graph const& g, int root, point const& at, std::size_t argument, std::size_t i)
      : graph_(g), root_(root), at_(at), argument_(argument), element_(i), x_(at[argument][i]) {
    centre_ = (*this)(x_);
    centre_pieces_ = last_;
    smooth_ = true;
  }

  double operator()(double x) {
    at_[argument_][element_] = x;
    auto const e = evaluate_at(graph_, at_);
    double const y = e[root_][0];
    last_ = active_pieces(graph_, e);
    if (!has_reference_) {
      reference_ = last_;
      has_reference_ = true;
    }
    smooth_ = smooth_ && std::isfinite(y) && last_ == reference_;
    return y;
  }

  [[nodiscard]] double x() const { return x_; }
  [[nodiscard]] double centre() const { return centre_; }
  [[nodiscard]] bool on_kink() const { return centre_pieces_.on_kink; }

  /// The most certain derivative of those with every step on one piece; an infinite error if there
  /// is none. `from_centre`: the piece has to be that of the centre, not just the same throughout.
  template <class Stencil>
  estimate derivative(bool from_centre, int shrinks) {
    estimate best;
    double h = first_step(x_);
    for (int i = 0; i <= shrinks; ++i, h /= 4) {
      smooth_ = true;
      has_reference_ = from_centre;
      if (from_centre) reference_ = centre_pieces_;
      estimate const e = differentiate<Stencil>(*this, x_, centre_, h);
      if (!smooth_) continue;
      if (e.error < best.error)
        best = e;
      else if (std::isfinite(best.error))
        break;  // rounding has taken over
    }
    return best;
  }

 private:
  graph const& graph_;
  int root_;
  point at_;
  std::size_t argument_;
  std::size_t element_;
  double x_;
  double centre_ = 0.0;
  pieces last_;
  pieces centre_pieces_;
  pieces reference_;
  bool has_reference_ = false;
  bool smooth_ = true;
};

inline entry compare_one(slice_function& f, double analytic, gradient_options const& options) {
  entry e;
  e.analytic = analytic;
  auto conclude = [&](estimate low, estimate high, verdict good) {
    if (low.value > high.value) std::swap(low, high);
    double const size = std::max({1.0, std::fabs(low.value), std::fabs(high.value)});
    e.lower = low.value;
    e.upper = high.value;
    e.tolerance = 10 * std::max(low.error, high.error) + options.floor * size;
    if (e.tolerance > options.noise * size)
      e.outcome = verdict::skipped_noisy;
    else
      e.outcome = e.badness() <= 1.0 ? good : verdict::differs;
    return e;
  };
  if (!std::isfinite(f.centre())) {
    e.outcome = verdict::skipped_undefined;
    return e;
  }
  auto const smooth = f.derivative<central_stencil>(true, options.shrinks);
  if (std::isfinite(smooth.error)) return conclude(smooth, smooth, verdict::agrees);
  if (f.on_kink()) {
    auto const left = f.derivative<one_sided_stencil<-1>>(false, options.shrinks);
    auto const right = f.derivative<one_sided_stencil<1>>(false, options.shrinks);
    if (std::isfinite(left.error) && std::isfinite(right.error))
      return conclude(left, right, verdict::agrees_on_kink);
  }
  e.outcome = verdict::skipped_near_kink;
  return e;
}

}  // namespace detail

/// Compares `analytic[j]`, the derivative of the scalar node `root` with respect to the argument
/// `wrt[j]`, with central differences of sixth order. A step that would cross a kink or leave the
/// domain is made smaller; at a point on a kink the derivative has to lie between the one-sided
/// ones. Cost: 12 evaluations of the graph for each element and step tried.
inline report compare_gradient(graph const& g, int root, std::vector<int> const& wrt,
                               point const& at, point const& analytic,
                               gradient_options const& options = {}) {
  report result;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    auto const a = static_cast<std::size_t>(wrt[j]);
    for (std::size_t i = 0; i < at[a].size(); ++i) {
      detail::slice_function f(g, root, at, a, i);
      entry e = detail::compare_one(f, analytic[j][i], options);
      e.argument = g.arguments[a].name;
      e.index = static_cast<int>(i);
      result.add(e);
    }
  }
  return result;
}

/// The gradient of the scalar node `root` with respect to the arguments `wrt`, in reverse mode.
inline point reverse_gradient(graph g, int root, std::vector<int> const& wrt, point const& at,
                              kink_policy policy) {
  std::vector<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  auto const adjoints = pass::reverse(g, {root}, {g.constant(1.0)}, nodes, policy);
  auto const e = evaluate_at(g, at);
  point result;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    auto& values = result.emplace_back(at[static_cast<std::size_t>(wrt[j])].size(), 0.0);
    if (adjoints[j] < 0) continue;
    bool const one_number = g[adjoints[j]].rank == 0;  // a constant of any shape
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = e[adjoints[j]][one_number ? 0 : i];
  }
  return result;
}

/// Checks ramp's own gradient of the scalar node `root`.
inline report check_gradient(graph const& g, int root, std::vector<int> const& wrt, point const& at,
                             gradient_options const& options = {}) {
  return compare_gradient(g, root, wrt, at, reverse_gradient(g, root, wrt, at, options.policy),
                          options);
}

}  // namespace ramp::check
