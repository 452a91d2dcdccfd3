// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

namespace ramp::test {

/// Bound values by name: a number or row-major elements.
struct bound {
  std::string_view name;
  std::vector<double> elements;

  bound(std::string_view n, double number) : name(n), elements{number} {}
  bound(std::string_view n, std::vector<double> e) : name(n), elements(std::move(e)) {}
};

/// All elements of an expression's value, by the reference evaluator.
template <class E>
std::vector<double> elements(E const& e, std::vector<bound> const& values,
                             kink_policy policy = standard.value) {
  lowerer l(policy);
  l.add_constant(e);
  lowered const program = l.finish();
  if (!ir::verify(program.graph).empty()) return {};
  ramp::list<double const*> pointers;
  for (ir::argument const& a : program.graph.arguments) {
    pointers.push_back(nullptr);
    for (bound const& b : values)
      if (b.name == a.name && static_cast<int>(b.elements.size()) == a.extents.elements())
        pointers.back() = b.elements.data();
    if (pointers.back() == nullptr) return {};
  }
  auto const all = ir::evaluate<double>(program.graph, pointers);
  double const* const from = all[program.roots[0].node];
  return {from, from + program.roots[0].extents.elements()};
}

/// The value of a scalar expression.
template <class E>
double evaluate(E const& e, std::vector<bound> const& values,
                kink_policy policy = standard.value) {
  static_assert(E::shape_of.rank == 0);
  return elements(e, values, policy).at(0);
}

}  // namespace ramp::test
