// SPDX-License-Identifier: BSL-1.0
#pragma once

// Small tools to write graphs with in tests.

#include <ramp/check/gradient.hpp>
#include <ramp/core/random.hpp>
#include <ramp/ir/value.hpp>

#include <cstddef>
#include <string_view>

namespace laws {

using ramp::shape;
using ramp::ir::axis_map;
using ramp::ir::code;
using ramp::ir::graph;
using ramp::ir::node;
using ramp::ir::value;

/// The value of a new argument.
constexpr value argument(graph& g, std::string_view name, shape const& extents = {}) {
  g.arguments.push_back({name, ramp::ir::argument_kind::variable, extents, 0});
  return ramp::ir::value_of(g, g.argument_node(static_cast<int>(g.arguments.size()) - 1));
}

/// A map that names these iteration dimensions, one for each dimension of the operand.
template <class... Dimensions>
constexpr axis_map map_of(Dimensions... dimensions) {
  axis_map m;
  int d = 0;
  (m.set(d++, dimensions), ...);
  return m;
}

/// The sum over every element of every root, each times a weight of its own that no symmetry can
/// cancel: a scalar whose gradient sees each element of the roots. The weights are new arguments,
/// which `at` receives.
inline int weighted_sum(graph& g, ramp::list<int> const& roots, ramp::check::point& at) {
  value total;
  double next = 0.75;
  for (int r : roots) {
    value const x = ramp::ir::value_of(g, r);
    value const w = argument(g, "weight", x.space);
    auto& numbers = at.emplace_back();
    for (int i = 0; i < x.space.elements(); ++i) {
      numbers.push_back(next);
      next = next > 1.5 ? next - 1.40625 : next + 0.15625;
    }
    value product = x * w;
    product.space = x.space;
    total = total + ramp::ir::reduce_to<ramp::op::sum>(product, {}, 0);
  }
  return total.index;
}

/// A number from -2 to 2, a multiple of 1/32: far enough from others to differentiate between.
template <class Generator>
double small_number(Generator& random) {
  return static_cast<double>(ramp::uniform_below(129, random)) / 32.0 - 2.0;
}

template <class Generator>
ramp::check::point random_point(graph const& g, Generator& random) {
  ramp::check::point at;
  for (auto const& a : g.arguments) {
    auto& values = at.emplace_back();
    for (int i = 0; i < a.extents.elements(); ++i) values.push_back(small_number(random));
  }
  return at;
}

}  // namespace laws
