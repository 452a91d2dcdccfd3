// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/lower.hpp>

namespace ramp::detail {

/// What a lowered program needs room for.
struct frozen_size {
  std::size_t nodes = 0, arguments = 0, roots = 0, means = 0;
};

constexpr frozen_size size_of(lowered const& l) {
  return {l.graph.nodes.size(), l.graph.arguments.size(), l.roots.size(), l.means.size()};
}

/// A lowered program in arrays, which a constexpr variable can hold and a vector cannot.
template <frozen_size Size>
struct frozen {
  std::array<ir::node, Size.nodes> nodes{};
  std::array<ir::argument, Size.arguments> arguments{};
  std::array<lowered_root, Size.roots> roots{};
  std::array<batch_mean, Size.means> means{};
  int clashing_name = -1;
  int clashing_update = -1;
  shape_fault fault;

  constexpr explicit frozen(lowered const& l)
      : clashing_name(l.clashing_name), clashing_update(l.clashing_update), fault(l.fault) {
    std::copy_n(l.graph.nodes.begin(), Size.nodes, nodes.begin());
    std::copy_n(l.graph.arguments.begin(), Size.arguments, arguments.begin());
    std::copy_n(l.roots.begin(), Size.roots, roots.begin());
    std::copy_n(l.means.begin(), Size.means, means.begin());
  }

  /// The graph, to be worked on.
  [[nodiscard]] constexpr ir::graph graph() const {
    ir::graph g;
    g.arguments = list<ir::argument>(arguments.data(), arguments.data() + arguments.size());
    for (ir::node const& n : nodes) g.intern(n);
    return g;
  }
};

/// The lowered form of a source, a class with `static constexpr lowered lower()`, which is called
/// twice: for the size of the arrays and for what they hold.
template <class Source>
inline constexpr auto program_of = frozen<size_of(Source::lower())>(Source::lower());

/// The policy among the arguments of `compile`, or the default.
template <class... Policies>
struct whole_program_policy {
  static constexpr kink_policy value = standard_policy::value;
};
template <class Policy>
struct whole_program_policy<Policy> {
  static constexpr kink_policy value = Policy::value;
};

/// `compile([] { return ...; })`: the closure type names the program and is short, and what it
/// returns is a constant, raw numbers included.
template <class Function, class... Policies>
struct lambda_source {
  static constexpr int literal_count = 0;
  static constexpr auto expression = Function{}();
  static constexpr lowered lower() {
    lowerer l(whole_program_policy<Policies...>::value);
    l.add_constant(expression);
    return l.finish();
  }
};

/// `compile(f, df)`: only types are known, raw numbers are run-time arguments.
template <class Expressions, class... Policies>
struct expression_source {
  static constexpr int literal_count = Expressions::literal_count;
  static constexpr lowered lower() {
    lowerer l(whole_program_policy<Policies...>::value);
    l.template add<Expressions>();
    return l.finish();
  }
};

}  // namespace ramp::detail
