// SPDX-License-Identifier: BSL-1.0
#pragma once

// The law of back ends: each gives the values and the derivatives of the reference evaluator, for
// every operation, in float and in double.
#include "evaluators.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <type_traits>
#include <vector>

#include "cases.hpp"
#include "parts.hpp"

namespace laws {

using ramp::check::point;
namespace op = ramp::op;

namespace detail {

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

template <class Op>
void check_operation() {
  auto const l = law_source<Op>::lower();
  ramp::xoshiro256 random(3);
  one_case const c = case_of<Op>();
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
  for (auto& at : points) {
    if (&at != &points[0]) strengthen_diagonal(c, at);  // else rounding has a say
    check_evaluators<law_source<Op>, double>(Op::name, l, at);
    check_evaluators<law_source<Op>, float>(Op::name, l, at);
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
