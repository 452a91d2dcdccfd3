// SPDX-License-Identifier: BSL-1.0
#pragma once

// Intervals as arguments of small graphs, and the ends of what is computed from them.

#include <ramp/ir/evaluate.hpp>
#include <ramp/pass/bounds.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <initializer_list>
#include <limits>
#include <ostream>
#include <string_view>
#include <vector>

namespace ends {

namespace op = ramp::op;
using ramp::shape;
using ramp::ir::axis_map;
using ramp::ir::code;
using ramp::ir::graph;
using ramp::ir::node;
using ramp::ir::value;
using ramp::ir::value_of;
using ramp::pass::bounds;

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// An interval of numbers. NaN equals itself here.
struct interval {
  double lower, upper;

  friend bool operator==(interval const& a, interval const& b) {
    auto const same = [](double x, double y) { return x == y || (x != x && y != y); };
    return same(a.lower, b.lower) && same(a.upper, b.upper);
  }
  friend std::ostream& operator<<(std::ostream& out, interval const& i) {
    return out << "[" << i.lower << ", " << i.upper << "]";
  }
};

/// A new argument.
inline value argument(graph& g, shape const& extents = {}) {
  g.arguments.push_back({"argument", ramp::ir::argument_kind::variable, extents, 0});
  return value_of(g, g.argument_node(static_cast<int>(g.arguments.size()) - 1));
}
/// Two new arguments, the lower and the upper end.
inline bounds two_ends(graph& g, shape const& extents = {}) {
  value const lower = argument(g, extents);
  return {lower, argument(g, extents)};
}
/// A new argument that is known.
inline bounds known(graph& g, shape const& extents = {}) {
  value const number = argument(g, extents);
  return {number, number};
}
inline bounds constant(graph& g, double x) {
  value const number{&g, g.constant(x), {}, {}};
  return {number, number};
}

/// The operations that a test evaluates: others are not compiled.
template <class... Ops>
inline constexpr ramp::ir::operation_set only = [] {
  ramp::ir::operation_set set;
  set.insert(code<op::argument>);
  set.insert(code<op::constant>);
  (set.insert(code<Ops>), ...);
  return set;
}();

using point = std::vector<std::vector<double>>;

/// The elements of both ends of `b`, row-major, where the arguments have these values.
template <ramp::ir::operation_set Present>
std::vector<interval> elements(bounds const& b, point const& arguments) {
  graph const& g = *b.lower.owner;
  REQUIRE(arguments.size() == g.arguments.size());
  ramp::list<double const*> pointers;
  for (auto const& values : arguments) pointers.push_back(values.data());
  auto const e = ramp::ir::evaluate<double, Present>(g, pointers);
  std::vector<interval> all;
  double const* const lower = e[b.lower.index];
  double const* const upper = e[b.upper.index];
  int const count = g[b.lower.index].result_shape().elements();
  bool const is_one = g[b.upper.index].rank == 0;  // a constant has any shape
  for (int i = 0; i < count; ++i) all.push_back({lower[i], upper[is_one ? 0 : i]});
  return all;
}
/// The same of numbers.
template <ramp::ir::operation_set Present>
interval at(bounds const& b, std::initializer_list<double> arguments) {
  point all;
  for (double x : arguments) all.push_back({x});
  return elements<Present>(b, all)[0];
}

}  // namespace ends
