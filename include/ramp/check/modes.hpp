// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <ramp/check/gradient.hpp>
#include <ramp/core/list.hpp>
#include <ramp/pass/forward.hpp>

// Exact cross-checks of the two modes of differentiation, which need no step and no stencil.

namespace ramp::check {

/// `root` in forward mode: differentiated once, evaluated for any direction.
class forward_mode {
 public:
  forward_mode(graph g, int root, list<int> const& wrt, kink_policy policy)
      : g_(std::move(g)), count_(static_cast<std::size_t>(g_[root].result_shape().elements())) {
    list<int> nodes;
    list<int> tangents;
    for (int w : wrt) {
      nodes.push_back(g_.argument_node(w));
      ir::argument tangent = g_.arguments[static_cast<std::size_t>(w)];
      tangent.name = "tangent";
      g_.arguments.push_back(tangent);
      tangents.push_back(g_.argument_node(static_cast<int>(g_.arguments.size()) - 1));
    }
    moved_ = pass::forward(g_, {root}, nodes, tangents, policy)[0];
  }

  /// The derivative along `directions[j]` of the arguments wrt[j], row-major.
  [[nodiscard]] std::vector<double> operator()(point at, point const& directions) const {
    at.insert(at.end(), directions.begin(), directions.end());
    return values_of(g_, evaluate_at(g_, at), moved_, count_);
  }

 private:
  graph g_;
  std::size_t count_;
  int moved_ = -1;
};

/// `root` in reverse mode: differentiated once, evaluated for any weights.
class reverse_mode {
 public:
  reverse_mode(graph g, int root, list<int> const& wrt, kink_policy policy)
      : g_(std::move(g)), wrt_(wrt) {
    g_.arguments.push_back({"weight", ir::argument_kind::variable, g_[root].result_shape(), 0});
    int const seed = g_.argument_node(static_cast<int>(g_.arguments.size()) - 1);
    list<int> nodes;
    for (int w : wrt) nodes.push_back(g_.argument_node(w));
    adjoints_ = pass::reverse(g_, {root}, {seed}, nodes, policy);
  }

  /// The adjoints of the arguments wrt for the weights `weights` on the elements of the root.
  [[nodiscard]] point operator()(point at, std::vector<double> const& weights) const {
    at.push_back(weights);
    auto const e = evaluate_at(g_, at);
    point result;
    for (std::size_t j = 0; j < wrt_.size(); ++j)
      result.push_back(
          values_of(g_, e, adjoints_[j], at[static_cast<std::size_t>(wrt_[j])].size()));
    return result;
  }

 private:
  graph g_;
  list<int> wrt_;
  list<int> adjoints_;
};

/// `root` differentiated forward along `directions[j]` of the arguments `wrt[j]`, row-major.
inline std::vector<double> forward_derivative(graph const& g, int root, list<int> const& wrt,
                                              point const& at, point const& directions,
                                              kink_policy policy) {
  return forward_mode(g, root, wrt, policy)(at, directions);
}

/// The adjoints of the arguments `wrt` for the weights `weights` on the elements of `root`.
inline point reverse_derivative(graph const& g, int root, list<int> const& wrt,
                                point const& at, std::vector<double> const& weights,
                                kink_policy policy) {
  return reverse_mode(g, root, wrt, policy)(at, weights);
}

/// A row for each element of a node, a column for each element of some arguments.
using matrix = std::vector<std::vector<double>>;

/// The Jacobian of `root`, column by column. Cost: one evaluation for each element of `wrt`.
inline matrix forward_jacobian(graph const& g, int root, list<int> const& wrt,
                               point const& at, kink_policy policy) {
  forward_mode const mode(g, root, wrt, policy);
  matrix rows(static_cast<std::size_t>(g[root].result_shape().elements()));
  point direction;
  for (int w : wrt) direction.emplace_back(at[static_cast<std::size_t>(w)].size(), 0.0);
  for (auto& values : direction)
    for (double& x : values) {
      x = 1.0;
      auto const column = mode(at, direction);
      for (std::size_t r = 0; r < rows.size(); ++r) rows[r].push_back(column[r]);
      x = 0.0;
    }
  return rows;
}

/// The Jacobian of `root`, row by row. Cost: one evaluation for each element of `root`.
inline matrix reverse_jacobian(graph const& g, int root, list<int> const& wrt,
                               point const& at, kink_policy policy) {
  reverse_mode const mode(g, root, wrt, policy);
  matrix rows(static_cast<std::size_t>(g[root].result_shape().elements()));
  std::vector<double> weights(rows.size(), 0.0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    weights[r] = 1.0;
    for (auto const& values : mode(at, weights))
      rows[r].insert(rows[r].end(), values.begin(), values.end());
    weights[r] = 0.0;
  }
  return rows;
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

namespace detail {

/// Every element of the arguments `wrt`, in order, as an entry that is still without numbers.
inline std::vector<entry> entries_of(graph const& g, list<int> const& wrt, point const& at) {
  std::vector<entry> all;
  for (int w : wrt)
    for (std::size_t i = 0; i < at[static_cast<std::size_t>(w)].size(); ++i) {
      entry& e = all.emplace_back();
      e.argument = g.arguments[static_cast<std::size_t>(w)].name;
      e.index = static_cast<int>(i);
    }
  return all;
}

/// Two ways to one number: NaN equals NaN, and infinities are equal too.
inline entry compare_exactly(entry e, double value, double reference, double tolerance) {
  e.analytic = value;
  e.lower = e.upper = reference;
  e.tolerance = tolerance;
  bool const equal = value == reference || (std::isnan(value) && std::isnan(reference));
  e.outcome = equal || e.badness() <= 1.0 ? verdict::agrees : verdict::differs;
  return e;
}

inline double largest_of(std::vector<double> const& row) {
  double largest = 0.0;
  for (double x : row) largest = std::fmax(largest, std::fabs(x));
  return largest;
}

}  // namespace detail

/// Compares the whole Jacobian of `root`, column by column forward and row by row in reverse. The
/// entry's `analytic` is the forward value, its bounds are the reverse value; NaN equals NaN.
/// Cost: one evaluation for each element of `wrt` and of `root`.
inline report check_forward_reverse(graph const& g, int root, list<int> const& wrt,
                                    point const& at, mode_options const& options = {}) {
  auto const forward = forward_jacobian(g, root, wrt, at, options.policy);
  auto const reverse = reverse_jacobian(g, root, wrt, at, options.policy);
  auto const columns = detail::entries_of(g, wrt, at);
  report result;
  result.way = "in forward mode";
  result.reference = "in reverse mode";
  for (std::size_t r = 0; r < reverse.size(); ++r) {
    double const tolerance = options.tolerance * detail::largest_of(reverse[r]) + options.floor;
    for (std::size_t c = 0; c < columns.size(); ++c)
      result.add(detail::compare_exactly(columns[c], forward[r][c], reverse[r][c], tolerance));
  }
  return result;
}

/// Compares <J v, w> with <v, J^T w> for given directions v and weights w: one evaluation for each
/// mode, whatever the size. The entry's `analytic` is the forward product.
inline report check_dot_product(graph const& g, int root, list<int> const& wrt,
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
  e.index = -1;
  e.analytic = forward;
  e.lower = e.upper = backward;
  e.tolerance = options.tolerance * size + options.floor;
  e.outcome = e.badness() <= 1.0 ? verdict::agrees : verdict::differs;
  report result;
  result.way = "in forward mode";
  result.reference = "in reverse mode";
  result.add(e);
  return result;
}

}  // namespace ramp::check
