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

struct frozen_size {
  std::size_t nodes = 0, arguments = 0, roots = 0, means = 0;
  [[nodiscard]] constexpr bool fits(frozen_size const& room) const {
    return nodes <= room.nodes && arguments <= room.arguments && roots <= room.roots &&
           means <= room.means;
  }
};

/// A lowered program in arrays, which a constexpr variable can hold and a vector cannot.
template <frozen_size Room>
struct frozen {
  frozen_size size;
  std::array<ir::node, Room.nodes> nodes{};
  std::array<ir::argument, Room.arguments> arguments{};
  std::array<lowered_root, Room.roots> roots{};
  std::array<batch_mean, Room.means> means{};
  int clashing_name = -1;
  int clashing_update = -1;

  /// The graph, to be worked on.
  [[nodiscard]] constexpr ir::graph graph() const {
    ir::graph g;
    g.arguments = std::vector<ir::argument>(arguments.begin(), arguments.end());
    for (ir::node const& n : nodes) g.intern(n);
    return g;
  }
};

template <frozen_size Room, class Lowered>
constexpr auto copy_into(Lowered const& l, frozen_size const& size) {
  frozen<Room> f{.size = size};
  if (!size.fits(Room)) return f;
  auto copy = [](auto const& from, std::size_t count, auto& to) {
    std::copy_n(from.begin(), count, to.begin());
  };
  if constexpr (requires { l.graph.nodes; }) copy(l.graph.nodes, size.nodes, f.nodes);
  else copy(l.nodes, size.nodes, f.nodes);
  if constexpr (requires { l.graph.nodes; }) copy(l.graph.arguments, size.arguments, f.arguments);
  else copy(l.arguments, size.arguments, f.arguments);
  copy(l.roots, size.roots, f.roots);
  copy(l.means, size.means, f.means);
  f.clashing_name = l.clashing_name;
  f.clashing_update = l.clashing_update;
  return f;
}

/// Lowers into arrays that may be too small, so that one evaluation serves nearly every program;
/// `size` then says what is needed.
template <class Source, frozen_size Room>
constexpr auto freeze_into() {
  lowered const l = Source::lower();
  return copy_into<Room>(
      l, {l.graph.nodes.size(), l.graph.arguments.size(), l.roots.size(), l.means.size()});
}

template <class Source>
struct freezer {
  static constexpr frozen_size usual{256, 48, 24, 24};
  static constexpr auto draft = freeze_into<Source, usual>();
  static constexpr auto exact() {
    constexpr frozen_size size = draft.size;
    if constexpr (size.fits(usual)) return copy_into<size>(draft, size);
    else return freeze_into<Source, size>();
  }
};

/// The lowered form of a source: a class with `static constexpr lowered lower()`.
template <class Source>
inline constexpr auto program_of = freezer<Source>::exact();

/// The policy among the arguments of `compile`, or the default.
template <class... Policies>
struct whole_program_policy {
  static_assert(sizeof...(Policies) <= 1,
                "ramp: a program has one subgradient policy; two were given to one compile(...). A "
                "policy for a part goes to that part, as in relu(x, at_zero<1.0>) or "
                "gradient(f, wrt(x), symmetric)");
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
