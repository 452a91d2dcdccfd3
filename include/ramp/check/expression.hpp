// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <ramp/check/hessian.hpp>
#include <ramp/check/modes.hpp>
#include <ramp/core/list.hpp>
#include <ramp/core/random.hpp>
#include <ramp/expr/misuse.hpp>
#include <ramp/function/compile.hpp>

// The checks of check/gradient.hpp, check/hessian.hpp and check/modes.hpp for expressions. For
// tests: they allocate.

namespace ramp::check {

/// A point at which to check: a value for each name, as in `at(x = 0.3, w = weights)`. Values are
/// numbers, arrays or tensors, whose size is part of their type.
template <class... Bindings>
struct named_point {
  std::tuple<Bindings...> bindings;
};
template <class... Bindings>
named_point<Bindings...> at(Bindings const&... bindings) {
  static_assert((ramp::detail::is_binding<Bindings> && ...),
                "ramp: a point is made of named values, as in at(x = 0.3)");
  return {{bindings...}};
}

namespace detail {

/// An expression lowered at run time, with numbers for all its arguments.
struct problem {
  graph g;
  int root = -1;         // of several expressions the first
  list<int> wrt;  // what has a derivative: no labels, no numbers of the expression itself
  point values;
  list<pass::trap_site> traps{};  // if asked for; then the graph is not for differentiation
  list<int> roots{};  // of all expressions
  bool is_stated = true;  // false: the policy is of a system that has none for an operation
};

/// Whether every name of an expression is bound exactly once, and nothing else is.
template <class Source, class... Bindings>
constexpr bool binds_every_name() {
  int names = 0;
  bool once = true;
  for (ir::argument const& a : ramp::detail::program_of<Source>.arguments) {
    if (a.name.empty()) continue;
    ++names;
    once = once && (0 + ... + (Bindings::leaf::argument == a ? 1 : 0)) == 1;
  }
  return once && names == static_cast<int>(sizeof...(Bindings));
}

template <class Binding>
inline constexpr bool has_right_size =
    ramp::detail::facts_of_binding<Binding>.known &&
    ramp::detail::facts_of_binding<Binding>.elements == Binding::leaf::shape_of.elements();

template <bool WithTraps = false, class Expression, class... Bindings>
problem problem_of(Expression const& f, named_point<Bindings...> const& where, kink_policy policy) {
  using source = ramp::detail::expression_source<Expression>;
  constexpr bool names_fit = binds_every_name<source, Bindings...>();
  constexpr bool sizes_fit = (has_right_size<Bindings> && ... && true);
  static_assert(names_fit,
                "ramp: a point to check at has a value for every name of the expression, "
                "once, and for no other name");
  static_assert(sizes_fit,
                "ramp: a point to check at has values of the size of their names, and "
                "their types say so: numbers, arrays, std::array or ramp::tensor");
  problem p;
  if constexpr (names_fit && sizes_fit) {
    lowerer l(policy);
    l.template add<Expression>();
    lowered program = l.finish<WithTraps>();
    if constexpr (WithTraps) program = ramp::detail::settled(std::move(program));
    p.g = std::move(program.graph);
    for (lowered_root const& r : program.roots) p.roots.push_back(r.node);
    p.root = p.roots[0];
    p.traps = std::move(program.traps);
    p.is_stated = program.faults.unstated_convention < 0;
    for (std::size_t a = 0; a < p.g.arguments.size(); ++a) {
      ir::argument const& argument = p.g.arguments[a];
      auto& values = p.values.emplace_back();
      if constexpr (source::literal_count > 0)
        if (argument.name.empty()) values.push_back(f.literals.at[a]);
      auto take = [&](auto const& binding) {
        using leaf = typename std::remove_cvref_t<decltype(binding)>::leaf;
        if (leaf::argument.name != argument.name) return;
        ramp::detail::elements_of<double, leaf::shape_of.elements()> elements;
        elements.read(binding.value);
        values.assign(elements.pointer, elements.pointer + leaf::shape_of.elements());
      };
      std::apply([&](auto const&... bindings) { (take(bindings), ...); }, where.bindings);
      if (!argument.name.empty() && argument.kind != ir::argument_kind::label)
        p.wrt.push_back(static_cast<int>(a));
    }
  }
  return p;
}

}  // namespace detail

/// Compares ramp's gradient of a scalar expression with central differences of sixth order, for
/// every element of every name but class labels:
///
///     auto const r = check_gradient(sin(x) * y, at(x = 0.3, y = 2.0));
///     INFO(text(r));
///     CHECK(r.passed());
///
/// At a kink the derivative has to lie between the one-sided ones. `report` tells what was
/// compared, what was skipped and why, and names the worst entry. Cost: 12 evaluations of the whole
/// graph for each element and step tried.
template <expression Expression, class... Bindings>
report check_gradient(Expression const& f, named_point<Bindings...> const& where,
                      gradient_options const& options = {}) {
  static_assert(Expression::shape_of.rank == 0,
                "ramp: check_gradient takes a scalar expression: reduce it, as in "
                "check_gradient(sum(f), at(...))");
  auto const p = detail::problem_of(f, where, options.policy);
  return check_gradient(p.g, p.root, p.wrt, p.values, options);
}

/// Compares a gradient along one random direction only, drawn from `seed`: the fast way for many
/// elements. An expression that is no scalar is summed with random weights first, so that the
/// gradient of a large model may be checked once more, by second derivatives:
/// `check_directional_derivative(gradient(loss, wrt(w)), at(...))`. A single wrong element is
/// found; wrong elements may cancel each other, and another seed tells. On a kink nothing is
/// compared. Cost: 12 evaluations of the graph for each step tried.
template <expression Expression, class... Bindings>
report check_directional_derivative(Expression const& f, named_point<Bindings...> const& where,
                                    std::uint64_t seed = 1, gradient_options const& options = {}) {
  auto p = detail::problem_of(f, where, options.policy);
  xoshiro256 random(seed);
  auto draw = [&] {  // away from 0, so that no element goes unseen
    double const x = uniform<double>(random) - 0.5;
    return x < 0 ? x - 0.5 : x + 0.5;
  };
  point direction;
  for (int w : p.wrt)
    for (auto& values = direction.emplace_back(); double x : p.values[static_cast<std::size_t>(w)])
      values.push_back(draw() * std::fmax(1.0, std::fabs(x)));
  if (Expression::shape_of.rank > 0) {
    shape const extents = p.g[p.root].result_shape();
    p.g.arguments.push_back({"weight", ir::argument_kind::variable, extents, 0});
    int const weights = p.g.argument_node(static_cast<int>(p.g.arguments.size()) - 1);
    auto product = ir::value_of(p.g, p.root) * ir::value_of(p.g, weights);
    p.root = ir::reduce_to<op::sum>(product, {}, 0).index;
    for (auto& values = p.values.emplace_back();
         values.size() < static_cast<std::size_t>(extents.elements());)
      values.push_back(draw());
  }
  return check_directional_derivative(p.g, p.root, p.wrt, p.values, direction, options);
}

/// Compares the Hessian of a scalar expression, over all elements of all names but class labels,
/// with central differences of the gradient, with its transpose, and forward over reverse mode with
/// reverse over reverse mode:
///
///     auto const r = check_hessian(exp(dot(v, v)), at(v = {0.3, -0.5}));
///     INFO(text(r));
///     CHECK(r.passed());
///
/// Where a kink makes the gradient jump there is no second derivative: skipped, and counted. Cost:
/// for n elements, 12 n evaluations of the gradient for each step tried, and 2 n of its derivative.
template <expression Expression, class... Bindings>
hessian_report check_hessian(Expression const& f, named_point<Bindings...> const& where,
                             hessian_options const& options = {}) {
  static_assert(Expression::shape_of.rank == 0,
                "ramp: check_hessian takes a scalar expression: reduce it, as in "
                "check_hessian(sum(f), at(...))");
  auto const p = detail::problem_of(f, where, options.policy);
  return check_hessian(p.g, p.root, p.wrt, p.values, options);
}

/// Compares the whole Jacobian of an expression in forward and in reverse mode.
/// Cost: one evaluation for each element of its names and of its result.
template <expression Expression, class... Bindings>
report check_forward_reverse(Expression const& f, named_point<Bindings...> const& where,
                             mode_options const& options = {}) {
  auto const p = detail::problem_of(f, where, options.policy);
  return check_forward_reverse(p.g, p.root, p.wrt, p.values, options);
}

/// Compares <J v, w> with <v, J^T w> for a random v and w drawn from `seed`.
/// Cost: one evaluation for each mode.
template <expression Expression, class... Bindings>
report check_dot_product(Expression const& f, named_point<Bindings...> const& where,
                         std::uint64_t seed = 1, mode_options const& options = {}) {
  auto const p = detail::problem_of(f, where, options.policy);
  xoshiro256 random(seed);
  auto draw = [&](std::size_t count) {
    std::vector<double> numbers(count);
    for (double& x : numbers) x = 2.0 * uniform<double>(random) - 1.0;
    return numbers;
  };
  point directions;
  for (int w : p.wrt) directions.push_back(draw(p.values[static_cast<std::size_t>(w)].size()));
  auto const weights = draw(static_cast<std::size_t>(p.g[p.root].result_shape().elements()));
  return check_dot_product(p.g, p.root, p.wrt, p.values, directions, weights, options);
}

// Any other call says how these are called: see expr/misuse.hpp.

template <auto... T>
auto check_gradient(ramp::detail::any, ...) {
  return ramp::detail::misuse<"check_gradient(f, at(x = 0.3))">(T...);
}
template <auto... T>
auto check_directional_derivative(ramp::detail::any, ...) {
  return ramp::detail::misuse<"check_directional_derivative(f, at(x = 0.3))">(T...);
}
template <auto... T>
auto check_hessian(ramp::detail::any, ...) {
  return ramp::detail::misuse<"check_hessian(f, at(x = 0.3))">(T...);
}
template <auto... T>
auto check_forward_reverse(ramp::detail::any, ...) {
  return ramp::detail::misuse<"check_forward_reverse(f, at(x = 0.3))">(T...);
}
template <auto... T>
auto check_dot_product(ramp::detail::any, ...) {
  return ramp::detail::misuse<"check_dot_product(f, at(x = 0.3))">(T...);
}

}  // namespace ramp::check
