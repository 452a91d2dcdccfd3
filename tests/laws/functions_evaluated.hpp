// SPDX-License-Identifier: BSL-1.0
#pragma once

// The law of back ends for functions of expressions: kernels, the reference evaluator and constant
// evaluation give the same values and derivatives. One source for each table, because each function
// is a program that has to be compiled.

#include "evaluators.hpp"
#include "functions.hpp"

#include <array>
#include <cstddef>

namespace laws {

/// A function as a program, with how it moves and its adjoints.
template <class Function>
struct function_source {
  static constexpr int literal_count = 0;
  static constexpr ramp::lowered lower() {
    ramp::lowered l = Function::lower();
    int const root = l.roots[0].node;
    l.roots.clear();
    for (int node : differentiate_case(l.graph, root, ramp::at_zero<0.25>.value))
      l.roots.push_back({ramp::lowered_kind::value, node, -1, l.graph[node].result_shape()});
    return l;
  }
};

/// Numbers for element `i` of argument `a`, of both signs; whole ones for labels and places.
constexpr double fixed_number(ramp::ir::argument const& a, int number, int i) {
  if (a.name == "label" || a.name == "places") return (number + 2 * i) % 3;
  return ((number * 5 + i * 7) % 23 - 11) / 8.0 + 0x1p-6;
}

inline ramp::check::point fixed_point(graph const& g) {
  ramp::check::point at;
  for (std::size_t a = 0; a < g.arguments.size(); ++a) {
    auto& values = at.emplace_back();
    for (int i = 0; i < g.arguments[a].extents.elements(); ++i)
      values.push_back(fixed_number(g.arguments[a], static_cast<int>(a), i));
  }
  return at;
}

/// All results of a program at the fixed point, one after the other, while it is compiled.
template <class Source>
constexpr auto constant_results() {
  constexpr auto const& program = ramp::detail::program_of<Source>;
  constexpr std::size_t count = [] {
    std::size_t elements = 0;
    for (auto const& r : program.roots) elements += static_cast<std::size_t>(r.extents.elements());
    return elements;
  }();
  std::vector<double> numbers;
  std::vector<std::size_t> first;
  for (std::size_t a = 0; a < program.arguments.size(); ++a) {
    first.push_back(numbers.size());
    for (int i = 0; i < program.arguments[a].extents.elements(); ++i)
      numbers.push_back(fixed_number(program.arguments[a], static_cast<int>(a), i));
  }
  ramp::list<double const*> arguments;
  for (std::size_t f : first) arguments.push_back(numbers.data() + f);
  std::array<double, count> results{};
  std::vector<double*> outputs;
  std::size_t next = 0;
  for (auto const& r : program.roots) {
    outputs.push_back(results.data() + next);
    next += static_cast<std::size_t>(r.extents.elements());
  }
  ramp::detail::execute<Source, double>(arguments.data(), outputs.data());
  return results;
}

template <class Make>
void check_function(function<Make> const& f) {
  using source = function_source<function<Make>>;
  auto const l = source::lower();
  auto const at = fixed_point(l.graph);
  check_evaluators<source, double>(f.name, l, at);
  check_evaluators<source, float>(f.name, l, at);

  INFO(f.name << " in a constant expression");
  static constexpr auto results = constant_results<source>();
  auto const e = ramp::check::evaluate_at(l.graph, at);
  std::size_t next = 0;
  for (auto const& r : l.roots)
    for (int i = 0; i < r.extents.elements(); ++i, ++next) {
      double const expected = e[r.node][i];
      INFO("element " << next << ": " << results[next] << " for " << expected);
      CHECK((results[next] == expected ||
             std::fabs(results[next] - expected) <= 0x1p-48 * std::fmax(1.0, std::fabs(expected))));
    }
}

template <class... Makes>
void check_functions(std::tuple<function<Makes>...> const& table) {
  std::apply([](auto const&... each) { (check_function(each), ...); }, table);
}

}  // namespace laws
