// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <string_view>
#include <utility>
#include <vector>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/lower.hpp>

namespace ramp::test {

/// Bound values by name: a number or row-major elements.
struct bound {
  std::string_view name;
  std::vector<double> elements;

  bound(std::string_view n, double number) : name(n), elements{number} {}
  bound(std::string_view n, std::vector<double> e) : name(n), elements(std::move(e)) {}
};

/// All elements of the first result of a program, by the reference evaluator; none if the graph is
/// not well formed or an argument has no value.
std::vector<double> elements_of(lowered const& program, std::vector<bound> const& values);

/// All elements of an expression's value.
template <class E>
std::vector<double> elements(E const& e, std::vector<bound> const& values,
                             kink_policy policy = standard.value) {
  lowerer l(policy);
  l.add_constant(e);
  return elements_of(l.finish(), values);
}

/// The value of a scalar expression.
template <class E>
double evaluate(E const& e, std::vector<bound> const& values,
                kink_policy policy = standard.value) {
  static_assert(E::shape_of.rank == 0);
  return elements(e, values, policy).at(0);
}

/// Whether a function of traced values says that these shapes do not fit.
bool refuses(auto const& function, std::same_as<shape> auto const&... shapes) {
  detail::builder b;
  auto const traced = [&](shape const& s) {
    b.graph.arguments.push_back({"", ir::argument_kind::variable, s, 0});
    int const number = static_cast<int>(b.graph.arguments.size()) - 1;
    return symbol(b, ir::value_of(b.graph, b.graph.argument_node(number)));
  };
  (void)function(traced(shapes)...);
  return b.faults.shapes.found;
}

}  // namespace ramp::test
