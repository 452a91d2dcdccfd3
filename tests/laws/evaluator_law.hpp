// SPDX-License-Identifier: BSL-1.0
#pragma once

// The law of back ends: each gives the values and the derivatives of the reference evaluator, for
// every operation, in float and in double.
#include "evaluators.hpp"

#include <ramp/pass/forward.hpp>
#include <ramp/pass/reverse.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

#include "cases.hpp"
#include "parts.hpp"

namespace laws {

using ramp::check::point;
namespace op = ramp::op;

namespace detail {

/// Adds what is differentiated: the result, how it moves when every argument moves by itself, and
/// the adjoint of every argument for the result as its own weight.
constexpr std::vector<int> differentiate_case(graph& g, int result, ramp::kink_policy policy) {
  std::vector<int> wrt;
  for (std::size_t i = 0; i < g.arguments.size(); ++i)
    wrt.push_back(g.argument_node(static_cast<int>(i)));
  std::vector<int> roots{result};
  std::vector<int> const r{result};
  for (int i : ramp::pass::forward(g, r, wrt, wrt, policy)) roots.push_back(i);
  for (int i : ramp::pass::reverse(g, r, r, wrt, policy)) roots.push_back(i);
  std::vector<int> present;
  for (int i : roots)
    if (i >= 0) present.push_back(ramp::ir::full(ramp::ir::value_of(g, i)));
  return present;
}

/// One operation as a program; `lower` as the classes in function/source.hpp have it.
template <class Op>
struct law_source {
  static constexpr int literal_count = 0;
  static constexpr ramp::lowered lower() {
    one_case c = case_of<Op>();
    ramp::lowered l;
    l.graph = c.g;
    for (int node : differentiate_case(l.graph, c.root, ramp::at_zero<0.25>.value))
      l.roots.push_back({ramp::lowered_kind::value, node, -1, l.graph[node].result_shape()});
    return l;
  }
};

/// Values for the arguments in T, which float can hold, and room for the results.
template <class T>
struct call {
  std::vector<std::vector<T>> inputs;
  std::vector<std::vector<T>> results;
  std::vector<T const*> arguments;
  std::vector<T*> outputs;

  call(ramp::lowered const& l, point const& at) {
    for (auto const& values : at) inputs.emplace_back(values.begin(), values.end());
    for (auto const& r : l.roots)
      results.emplace_back(static_cast<std::size_t>(r.extents.elements()), T(-77));
    for (auto const& i : inputs) arguments.push_back(i.data());
    for (auto& r : results) outputs.push_back(r.data());
  }
};

template <class Op, class T, class Evaluator>
void check_evaluator(ramp::lowered const& l, point const& at) {
  INFO(Op::name << " by " << Evaluator::name
                << (std::is_same_v<T, float> ? ", float" : ", double"));
  call<T> c(l, at);
  Evaluator::template run<law_source<Op>, T>(c.arguments.data(), c.outputs.data());
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

template <class Op, class T>
void check_all(ramp::lowered const& l, point const& at) {
  []<class... Evaluators>(std::tuple<Evaluators...>*, auto const&... with) {
    (check_evaluator<Op, T, Evaluators>(with...), ...);
  }(static_cast<evaluators*>(nullptr), l, at);
}

template <class Op>
void check_operation() {
  auto const l = law_source<Op>::lower();
  ramp::xoshiro256 random(3);
  std::vector<point> points{regular_point<Op>(random), random_point(l.graph, random)};
  auto& ties = points.emplace_back();  // small integers: many ties, and exact
  for (auto const& a : l.graph.arguments) {
    auto& values = ties.emplace_back();
    for (int i = 0; i < a.extents.elements(); ++i)
      values.push_back(static_cast<double>(ramp::uniform_below(3, random)) - 1.0);
  }
  auto& special = points.emplace_back(ties);
  special[0][0] = std::numeric_limits<double>::quiet_NaN();
  special[0][1] = std::numeric_limits<double>::infinity();
  for (auto const& at : points) {
    check_all<Op, double>(l, at);
    check_all<Op, float>(l, at);
  }
}

}  // namespace detail

/// Checks the operations of part I of N.
template <int I, int N>
void check_every_evaluator() {
  CHECK(parts::part<I, N>::count > 0);
  parts::for_each<I, N>([]<class Op>() {
    if constexpr (Op::kind != op::category::leaf) detail::check_operation<Op>();
  });
}

}  // namespace laws
