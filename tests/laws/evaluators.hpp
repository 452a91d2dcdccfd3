// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that can run a program. The law in evaluator_law.hpp runs over this list; a new back
// end is one struct and one name in `evaluators`.

#include <ramp/function/execute.hpp>
#include <ramp/pass/forward.hpp>
#include <ramp/pass/reverse.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "graphs.hpp"

namespace laws {

/// What `compile(...)` calls. `Source` is a class with `static constexpr ramp::lowered lower()`;
/// `arguments[i]` and `outputs[j]` are row-major.
struct compiled_evaluator {
  static constexpr std::string_view name = "compile";

  template <class Source, class T>
  static void run(T const* const* arguments, T* const* outputs) {
    ramp::detail::execute<Source, T>(arguments, outputs);
  }
};

/// The reference evaluator on the same frozen program: freezing keeps what lowering said.
struct reference_evaluator {
  static constexpr std::string_view name = "reference";

  template <class Source, class T>
  static void run(T const* const* arguments, T* const* outputs) {
    auto const& program = ramp::detail::program_of<Source>;
    auto const g = program.graph();
    ramp::list<T const*> const pointers(arguments, arguments + g.arguments.size());
    auto const e = ramp::ir::evaluate<T>(g, pointers);
    for (std::size_t j = 0; j < program.roots.size(); ++j)
      for (int i = 0; i < program.roots[j].extents.elements(); ++i)
        outputs[j][i] = e[program.roots[j].node][i];
  }
};

using evaluators = std::tuple<reference_evaluator, compiled_evaluator>;

/// Adds what is differentiated: the result, how it moves when every argument moves by itself, and
/// the adjoint of every argument for the result as its own weight.
constexpr ramp::list<int> differentiate_case(graph& g, int result, ramp::kink_policy policy) {
  ramp::list<int> wrt;
  for (std::size_t i = 0; i < g.arguments.size(); ++i)
    wrt.push_back(g.argument_node(static_cast<int>(i)));
  ramp::list<int> roots{result};
  ramp::list<int> const r{result};
  for (int i : ramp::pass::forward(g, r, wrt, wrt, policy)) roots.push_back(i);
  for (int i : ramp::pass::reverse(g, r, r, wrt, policy)) roots.push_back(i);
  ramp::list<int> present;
  for (int i : roots)
    if (i >= 0) present.push_back(ramp::ir::full(ramp::ir::value_of(g, i)));
  return present;
}

/// Values for the arguments in T, which float can hold, and room for the results.
template <class T>
struct call {
  std::vector<std::vector<T>> inputs;
  std::vector<std::vector<T>> results;
  ramp::list<T const*> arguments;
  std::vector<T*> outputs;

  call(ramp::lowered const& l, ramp::check::point const& at) {
    for (auto const& values : at) inputs.emplace_back(values.begin(), values.end());
    for (auto const& r : l.roots)
      results.emplace_back(static_cast<std::size_t>(r.extents.elements()), T(-77));
    for (auto const& i : inputs) arguments.push_back(i.data());
    for (auto& r : results) outputs.push_back(r.data());
  }
};

template <class Source, class T, class Evaluator>
void check_evaluator(std::string_view name, ramp::lowered const& l,
                     ramp::check::point const& at) {
  INFO(name << " by " << Evaluator::name
                << (std::is_same_v<T, float> ? ", float" : ", double"));
  call<T> c(l, at);
  Evaluator::template run<Source, T>(c.arguments.data(), c.outputs.data());
  auto const e = ramp::ir::evaluate<T>(l.graph, c.arguments);
  for (std::size_t j = 0; j < l.roots.size(); ++j)
    for (std::size_t i = 0; i < c.results[j].size(); ++i) {
      auto const expected = static_cast<double>(e[l.roots[j].node][i]);
      auto const given = static_cast<double>(c.results[j][i]);
      double const tolerance = 32.0 * static_cast<double>(std::numeric_limits<T>::epsilon()) *
                               std::max(1.0, std::fabs(expected));
      bool const equal = given == expected || std::fabs(given - expected) <= tolerance ||
                         (std::isnan(given) && std::isnan(expected));
      INFO("result " << j << ", element " << i << ": " << given << " for " << expected);
      CHECK(equal);
    }
}

/// Every evaluator gives what the reference evaluator gives for the graph as it was lowered.
template <class Source, class T>
void check_evaluators(std::string_view name, ramp::lowered const& l,
                      ramp::check::point const& at) {
  []<class... Evaluators>(std::tuple<Evaluators...>*, auto const&... with) {
    (check_evaluator<Source, T, Evaluators>(with...), ...);
  }(static_cast<evaluators*>(nullptr), name, l, at);
}

}  // namespace laws
