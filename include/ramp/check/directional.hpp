// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <ramp/check/expression.hpp>
#include <ramp/check/subgradient.hpp>
#include <ramp/core/list.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>

// The numerical check of gradients that a direction decides. For tests: it evaluates by the
// reference evaluator, in double, and allocates.
//
// What can be demanded of the gradient g at x along v: <g, v> = f'(x; v), the slope on the side to
// which v points. An element of g need not be one of the slopes to the left and to the right of
// that element: along (1, 2), |x| - |x - y| has the gradient (2, -1) at 0, and is flat along x.
// But f'(x; .) is a function too, linear where v settles every tie, with g for its gradient. So an
// element on a kink has to lie between the slopes of f'(x; .) at v, to the left and to the right of
// the element; where v settles every tie these are one number. Of a function of one element it is
// the slope on the side of v.

namespace ramp::check {

/// The gradient of the scalar node `root` with respect to the arguments `wrt`, in reverse mode,
/// where `direction[j]` of wrt[j] decides at kinks and, on what does not move, `policy`.
inline point directional_gradient(graph const& g, int root, list<int> const& wrt,
                                  point const& at, point const& direction, kink_policy policy) {
  return gradient_along(g, root, wrt, at, {direction}, policy).gradient;
}

namespace detail {

/// The one-sided derivative f'(x; .) of a scalar node at a point, numerically.
class directional_slope {
 public:
  /// `rounding`: as in `line::along`.
  directional_slope(graph const& g, int root, list<int> const& wrt, point const& at,
                    double rounding, gradient_options const& options)
      : graph_(g), root_(root), wrt_(wrt), at_(at), rounding_(rounding), options_(options) {}

  /// Along a direction; an infinite error where there is no such derivative. `outcome` becomes
  /// `agrees_on_kink` if the direction leaves a kink.
  [[nodiscard]] estimate operator()(point const& direction, verdict& outcome) const {
    auto l = line::along(graph_, {{root_, 0}}, at_, wrt_, direction, rounding_);
    outcome = verdict::agrees;
    auto const smooth = l.derivative<central_stencil>(0, true, options_.shrinks);
    if (std::isfinite(smooth.error) || !l.on_kink()) return smooth;
    outcome = verdict::agrees_on_kink;
    return l.derivative<one_sided_stencil<1>>(0, false, options_.shrinks);
  }

  /// The slope of f'(x; .) at `direction`, if element i of wrt[j] alone rises (`side` = 1) or falls
  /// (-1). It is the quotient for any step that meets no other piece of the function, which is
  /// linear on each: for one whose half has the same quotient.
  [[nodiscard]] estimate beside(point direction, estimate centre, std::size_t j, std::size_t i,
                                double side) const {
    double size = 0.0;
    for (auto const& values : direction)
      for (double v : values) size = std::fmax(size, std::fabs(v));
    double const v = direction[j][i];
    auto quotient = [&](double step) {
      direction[j][i] = v + side * step;
      verdict outcome{};
      estimate const there = (*this)(direction, outcome);
      return estimate{side * (there.value - centre.value) / step,
                      (there.error + centre.error) / step};
    };
    double step = size > 0.0 ? size / 4 : 1.0;
    for (int shrink = 0; shrink < 5; ++shrink, step /= 4) {
      estimate const coarse = quotient(step);
      estimate const fine = quotient(step / 2);
      double const allowed = between(coarse, fine, verdict::agrees, options_).tolerance;
      if (std::fabs(coarse.value - fine.value) <= allowed) return coarse;
    }
    return {};
  }

 private:
  graph const& graph_;
  int root_;
  list<int> const& wrt_;
  point const& at_;
  double rounding_;
  gradient_options const& options_;
};

/// As `between`, of estimates that may have failed.
inline entry between_found(estimate low, estimate high, verdict good,
                           gradient_options const& options) {
  entry e;
  e.outcome = verdict::skipped_near_kink;
  bool const found = std::isfinite(low.error) && std::isfinite(high.error);
  return found ? between(low, high, good, options) : e;
}

}  // namespace detail

/// What the elements of a gradient along `direction` have to be, then what its product with the
/// direction has to be. Elements that are on no kink: as in `numerical_gradient`. Cost: that, and
/// for each element on a kink some 100 evaluations of the graph.
inline std::vector<entry> numerical_gradient_along(graph const& g, int root,
                                                   list<int> const& wrt, point const& at,
                                                   point const& direction,
                                                   gradient_options const& options = {}) {
  auto all = numerical_gradient(g, root, wrt, at, options);
  double rounding = 0.0;
  std::size_t next = 0;
  for (int w : wrt)
    for (double x : at[static_cast<std::size_t>(w)]) {
      entry const& e = all[next++];
      double const effect = std::fabs(x) * std::fmax(std::fabs(e.lower), std::fabs(e.upper));
      if (std::isfinite(effect)) rounding += effect;
    }
  detail::directional_slope const slope(g, root, wrt, at, rounding, options);
  verdict outcome{};
  estimate const along = slope(direction, outcome);
  bool const undefined = !std::isfinite(evaluate_at(g, at)[root][0]);
  entry product = detail::between_found(along, along, outcome, options);
  if (undefined) product.outcome = verdict::skipped_undefined;
  product.argument = "<g, v>";
  product.index = -1;
  next = 0;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t i = 0; i < direction[j].size(); ++i) {
      entry& e = all[next++];
      if (e.outcome != verdict::agrees_on_kink) continue;
      entry placed = detail::between_found(slope.beside(direction, along, j, i, -1.0),
                                           slope.beside(direction, along, j, i, 1.0),
                                           verdict::agrees_on_kink, options);
      placed.argument = e.argument;
      placed.index = e.index;
      e = placed;
    }
  all.push_back(product);
  return all;
}

/// Compares `analytic`, a gradient along `direction`, with differences, as
/// `numerical_gradient_along` has them.
inline report compare_gradient_along(graph const& g, int root, list<int> const& wrt,
                                     point const& at, point const& direction,
                                     point const& analytic, gradient_options const& options = {}) {
  auto const expected = numerical_gradient_along(g, root, wrt, at, direction, options);
  double product = 0.0;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t i = 0; i < direction[j].size(); ++i)
      product += analytic[j][i] * direction[j][i];
  report result = compare_gradient(expected, analytic);
  result.add(expected.back().compared_with(product));
  return result;
}

/// Checks ramp's own gradient along a direction.
inline report check_gradient_along(graph const& g, int root, list<int> const& wrt,
                                   point const& at, point const& direction,
                                   gradient_options const& options = {}) {
  return compare_gradient_along(
      g, root, wrt, at, direction,
      directional_gradient(g, root, wrt, at, direction, options.policy), options);
}

namespace detail {

/// Whether an expression has this name, and a derivative by it.
template <class Expression, class Leaf>
constexpr bool has_derivative_by() {
  for (ir::argument const& a :
       ramp::detail::program_of<ramp::detail::expression_source<Expression>>.arguments)
    if (a.name == Leaf::argument.name && a.kind != ir::argument_kind::label) return true;
  return false;
}

template <class... Lists>
struct joined_variables {
  using type = variables<>;
};
template <class... Leaves, class... Rest>
struct joined_variables<variables<Leaves...>, Rest...> {
  template <class... Others>
  static variables<Leaves..., Others...> join(variables<Others...>);
  using type = decltype(join(typename joined_variables<Rest...>::type{}));
};

/// The names of a point that a function is differentiated by, in the order of the point.
template <class Expression, class... Bindings>
using names_at = typename joined_variables<
    std::conditional_t<has_derivative_by<Expression, typename Bindings::leaf>(),
                       variables<typename Bindings::leaf>, variables<>>...>::type;

template <int Directions>
inline constexpr bool is_one_direction = Directions == 1;

}  // namespace detail

/// Compares the gradient of a scalar expression along a direction, `gradient(f, wrt(...),
/// directional(...))`, with differences:
///
///     auto const r = check_gradient(abs(x) * y, at(x = 0.0, y = 1.0), directional(1_c, -0.5_c));
///     INFO(text(r));
///     CHECK(r.passed());
///
/// The point has a value for every name of the expression and of the direction. Directions are
/// those of the expression's names, class labels left out, in the order of the point; numbers or
/// expressions. Compared are <g, v> with the slope along v, on the side of v at a kink, and every
/// element: off kinks with central differences, on a kink with the slope, or slopes, by that
/// element of the derivative along v (see the top of this header). For one element: with the slope
/// on the side of v. A use with a policy of its own on a kink does not follow the direction, and
/// differs. Cost: 12 evaluations of the graph for each element and step tried; some 100 more on a
/// kink.
template <expression Expression, class... Bindings, int Directions, class... Vs>
report check_gradient(Expression const& f, named_point<Bindings...> const& where,
                      directed_policy<Directions, Vs...> const& policy,
                      gradient_options const& options = {}) {
  static_assert(Expression::shape_of.rank == 0,
                "ramp: check_gradient takes a scalar expression: reduce it, as in "
                "check_gradient(sum(f), at(...))");
  static_assert(detail::is_one_direction<Directions>,
                "ramp: check_gradient takes one direction, as in "
                "check_gradient(f, at(x = 0.0), directional(1_c))");
  using names = detail::names_at<Expression, Bindings...>;
  using checked = decltype(ramp::detail::check_directions(names{}, policy,
                                                          std::index_sequence_for<Vs...>{}));
  if constexpr (checked::value && Directions == 1) {
    expressions<Expression, Vs...> const all{
        ramp::detail::joined(f.literals, policy.along.literals)};
    auto p = detail::problem_of(all, where, options.policy);
    // 1. numbers for the directions
    auto const e = evaluate_at(p.g, p.values);
    list<int> wrt;
    point direction;
    auto take = [&]<class Leaf>(std::type_identity<Leaf>) {
      int const root = p.roots[1 + wrt.size()];
      direction.push_back(values_of(p.g, e, root, static_cast<std::size_t>(
                                                      Leaf::shape_of.elements())));
      wrt.push_back(p.g.find_or_add(Leaf::argument));
    };
    [&]<class... Leaves>(variables<Leaves...>) {
      (take(std::type_identity<Leaves>{}), ...);
    }(names{});
    // 2. the function alone: the kinks of a direction are none of it
    list<int> roots{p.root};
    p.g = pass::eliminate_dead_code(p.g, roots);
    return check_gradient_along(p.g, roots[0], wrt, p.values, direction, options);
  } else {
    return {};
  }
}

}  // namespace ramp::check
