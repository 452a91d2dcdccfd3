// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <ramp/check/branches.hpp>
#include <ramp/check/difference.hpp>
#include <ramp/core/list.hpp>
#include <ramp/ir/evaluate.hpp>

namespace ramp::check {

/// The row-major values of every argument of a graph, in the order of `graph::arguments`.
using point = std::vector<std::vector<double>>;

inline ir::evaluation<double> evaluate_at(graph const& g, point const& at) {
  list<double const*> arguments;
  for (auto const& values : at) arguments.push_back(values.data());
  return ir::evaluate<double>(g, arguments);
}

/// The `count` numbers of a node's result: of a constant its one number, which stands for any
/// shape, and zeros where there is no node.
inline std::vector<double> values_of(graph const& g, ir::evaluation<double> const& e, int node,
                                     std::size_t count) {
  if (node < 0) return std::vector<double>(count, 0.0);
  if (g[node].rank == 0) return std::vector<double>(count, e[node][0]);
  return {e[node], e[node] + count};
}

/// An element of the result of a node; of a constant, whose one number stands for any shape, 0.
struct node_element {
  int node = -1;
  int index = 0;
};

/// Some numbers of a graph as functions of t, while the arguments move along a straight line. The
/// graph is evaluated once for each t, so the derivatives of all these numbers cost what one does.
class line {
 public:
  /// Element `i` of an argument moves, and t is its value.
  static line of_element(graph const& g, std::vector<node_element> of, point at,
                         std::size_t argument, std::size_t i) {
    double const here = std::exchange(at[argument][i], -0.0);  // -0 + t is t, also for -0
    return {g, std::move(of), std::move(at), {{argument, i, 1.0}}, here, 0.0};
  }

  /// Element i of argument wrt[j] moves by t * direction[j][i]. `rounding` bounds what a relative
  /// change of every element by one can do to the numbers.
  static line along(graph const& g, std::vector<node_element> of, point at,
                    list<int> const& wrt, point const& direction, double rounding) {
    std::vector<motion> moved;
    for (std::size_t j = 0; j < wrt.size(); ++j)
      for (std::size_t i = 0; i < direction[j].size(); ++i)
        moved.push_back({static_cast<std::size_t>(wrt[j]), i, direction[j][i]});
    return {g, std::move(of), std::move(at), std::move(moved), 0.0, rounding};
  }

  /// Number k at the point itself.
  [[nodiscard]] double centre(std::size_t k) const { return samples_.front().y[k]; }
  [[nodiscard]] bool on_kink() const { return samples_.front().active.on_kink; }

  /// The most certain derivative of number k of those with every step on one piece; an infinite
  /// error if there is none. `from_centre`: the piece has to be that of the centre, not just the
  /// same throughout. A step is divided by 4 at most `shrinks` times.
  template <class Stencil>
  estimate derivative(std::size_t k, bool from_centre, int shrinks) {
    estimate best;
    double h = first_step(t_);
    for (int i = 0; i <= shrinks; ++i, h /= 4) {
      std::size_t reference = from_centre ? 0 : none;
      bool smooth = true;
      auto f = [&](double t) {
        std::size_t const s = sample_at(t);
        if (reference == none) reference = s;
        double const y = samples_[s].y[k];
        smooth = smooth && std::isfinite(y) && samples_[s].active == samples_[reference].active;
        return y;
      };
      estimate e = differentiate<Stencil>(f, t_, centre(k), h);
      if (!smooth) continue;
      e.error += 4.0 * std::numeric_limits<double>::epsilon() * rounding_ / h;
      if (e.error < best.error)
        best = e;
      else if (std::isfinite(best.error))
        break;  // rounding has taken over
    }
    return best;
  }

 private:
  static constexpr auto none = static_cast<std::size_t>(-1);

  struct motion {
    std::size_t argument;
    std::size_t element;
    double speed;
  };
  struct sample {
    double t;
    std::vector<double> y;
    pieces active;
  };

  line(graph const& g, std::vector<node_element> of, point origin, std::vector<motion> moved,
       double t, double rounding)
      : graph_(g),
        of_(std::move(of)),
        origin_(origin),
        at_(std::move(origin)),
        moved_(std::move(moved)),
        t_(t),
        rounding_(rounding) {
    sample_at(t);
  }

  std::size_t sample_at(double t) {
    for (std::size_t s = 0; s < samples_.size(); ++s)
      if (samples_[s].t == t) return s;
    for (motion const& m : moved_)
      at_[m.argument][m.element] = origin_[m.argument][m.element] + t * m.speed;
    auto const e = evaluate_at(graph_, at_);
    sample& s = samples_.emplace_back(sample{t, {}, active_pieces(graph_, e)});
    for (node_element const& n : of_) s.y.push_back(e[n.node][n.index]);
    return samples_.size() - 1;
  }

  graph const& graph_;
  std::vector<node_element> of_;
  point origin_;
  point at_;
  std::vector<motion> moved_;
  double t_;
  double rounding_;
  std::vector<sample> samples_;  // the first is the centre
};

}  // namespace ramp::check
