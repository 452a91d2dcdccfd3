// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/core/list.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>

// The check of second derivatives of graphs. For tests: it evaluates by the reference evaluator, in
// double, and allocates.

namespace ramp::check {

struct hessian_options {
  kink_policy policy = standard.value;  ///< for kinks that do not say otherwise
  double floor = 1e-10;                 ///< as in gradient_options
  double noise = 1e-4;                  ///< as in gradient_options
  int shrinks = 10;                     ///< as in gradient_options
  double tolerance = 1e-10;             ///< between modes: relative to the largest number in a row
};

/// What `check_hessian` found.
struct hessian_report {
  report numerical;  ///< against differences of the gradient
  report modes;      ///< forward over reverse against reverse over reverse
  report symmetry;   ///< below the diagonal against above it

  /// Nothing differs, and at least one second derivative was compared with differences.
  [[nodiscard]] bool passed() const {
    return numerical.passed() && modes.passed() && symmetry.different == 0;
  }
};

/// The three reports one below the other.
inline std::string text(hessian_report const& r) {
  return "Against differences of the gradient: " + text(r.numerical) +
         "\nForward over reverse mode against reverse over reverse: " + text(r.modes) +
         "\nBelow the diagonal against above: " + text(r.symmetry);
}

/// Compares the Hessian of the scalar node `root` with respect to the arguments `wrt`, found by
/// reverse over reverse mode, with central differences of the gradient, with forward over reverse
/// mode, and with its transpose. On a kink of the gradient a second derivative has to lie between
/// the one-sided ones; where the gradient jumps there is none, and it is skipped. Cost: for n
/// elements, 12 n evaluations of the gradient for each step tried, and 2 n of its derivative.
inline hessian_report check_hessian(graph g, int root, list<int> const& wrt, point const& at,
                                    hessian_options const& options = {}) {
  list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  auto const adjoints = pass::reverse(g, {root}, {g.constant(1.0)}, nodes, options.policy);
  list<int> gradient;
  for (int a : adjoints) gradient.push_back(a < 0 ? g.constant(0.0) : a);
  // what only the value needs is not in the way of a step any more
  g = pass::eliminate_dead_code(g, gradient);

  std::vector<node_element> numbers;  // of the gradient, one after the other
  matrix reverse;
  matrix forward;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    auto const r = reverse_jacobian(g, gradient[j], wrt, at, options.policy);
    auto const f = forward_jacobian(g, gradient[j], wrt, at, options.policy);
    bool const one_number = g[gradient[j]].rank == 0;  // a constant of any shape
    for (std::size_t i = 0; i < at[static_cast<std::size_t>(wrt[j])].size(); ++i) {
      std::size_t const row = one_number ? 0 : i;
      numbers.push_back({gradient[j], static_cast<int>(row)});
      reverse.push_back(r[row]);
      forward.push_back(f[row]);
    }
  }

  hessian_report result;
  result.modes.way = "forward over reverse";
  result.modes.reference = "reverse over reverse";
  result.symmetry.way = "in this order";
  result.symmetry.reference = "in the other";
  auto const elements = detail::entries_of(g, wrt, at);
  gradient_options const numerical{options.policy, options.floor, options.noise, options.shrinks};
  std::size_t c = 0;
  for (int w : wrt)
    for (std::size_t i = 0; i < at[static_cast<std::size_t>(w)].size(); ++i, ++c) {
      auto l = line::of_element(g, numbers, at, static_cast<std::size_t>(w), i);
      for (std::size_t r = 0; r < elements.size(); ++r) {
        auto placed = [&](entry e) {
          e.argument = elements[r].argument;
          e.index = elements[r].index;
          e.by = elements[c].argument;
          e.by_index = elements[c].index;
          return e;
        };
        auto const expected = detail::expected(l, r, numerical);
        result.numerical.add(placed(expected.compared_with(reverse[r][c])));
        auto exact = [&](double value, double reference, double largest) {
          return placed(detail::compare_exactly({}, value, reference, options.tolerance * largest));
        };
        double const largest = detail::largest_of(reverse[r]);
        result.modes.add(exact(forward[r][c], reverse[r][c], largest));
        if (r > c)
          result.symmetry.add(exact(reverse[r][c], reverse[c][r],
                                    std::fmax(largest, detail::largest_of(reverse[c]))));
      }
    }
  return result;
}

}  // namespace ramp::check
