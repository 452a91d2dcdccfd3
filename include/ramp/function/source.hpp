// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include <ramp/core/fixed_string.hpp>
#include <ramp/core/list.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/expr/bind.hpp>
#include <ramp/expr/lower.hpp>

namespace ramp::detail {

/// What a lowered program needs room for.
struct frozen_size {
  std::size_t nodes = 0, arguments = 0, roots = 0, means = 0, traps = 0;
};

constexpr frozen_size size_of(lowered const& l) {
  return {l.graph.nodes.size(), l.graph.arguments.size(), l.roots.size(), l.means.size(),
          l.traps.size()};
}

/// A lowered program in arrays, which a constexpr variable can hold and a list cannot.
template <frozen_size Size>
struct frozen {
  std::array<ir::node, Size.nodes> nodes{};
  std::array<ir::argument, Size.arguments> arguments{};
  std::array<lowered_root, Size.roots> roots{};
  std::array<batch_mean, Size.means> means{};
  program_faults faults;
  bool asks_for_traps;
  std::array<pass::trap_site, Size.traps> traps{};

  constexpr explicit frozen(lowered const& l) : faults(l.faults), asks_for_traps(l.asks_for_traps) {
    copy(l.graph.nodes, nodes);
    copy(l.graph.arguments, arguments);
    copy(l.roots, roots);
    copy(l.means, means);
    copy(l.traps, traps);
  }

  /// How many values a call gives: the first roots.
  static constexpr std::size_t result_count = Size.roots - Size.traps;

  /// The graph, to be worked on.
  [[nodiscard]] constexpr ir::graph graph() const {
    ir::graph g;
    g.arguments = list<ir::argument>(arguments.data(), arguments.data() + arguments.size());
    g.nodes = list<ir::node>(nodes.data(), nodes.data() + nodes.size());
    return g;
  }

 private:
  template <class List, class Array>
  static constexpr void copy(List const& from, Array& to) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = from[i];
  }
};

/// A lowered program, in which nothing will be differentiated any more.
constexpr lowered settled(lowered l) {
  if (l.graph.rules.empty()) return l;
  list<int> renumbered;
  l.graph = pass::drop_own_rules(l.graph, renumbered);
  auto renumber = [&](int& i) { i = renumbered[static_cast<std::size_t>(i)]; };
  for (lowered_root& r : l.roots) renumber(r.node);
  for (batch_mean& m : l.means) renumber(m.node);
  for (pass::trap_site& s : l.traps) {
    renumber(s.place);
    renumber(s.count);
  }
  return l;
}

/// The lowered form of a source, a class with `static constexpr lowered lower()`, which is called
/// twice: for the size of the arrays and for what they hold.
template <class Source>
inline constexpr auto lowered_program =
    frozen<size_of(settled(Source::lower()))>(settled(Source::lower()));

/// A source whose program counts what it hits of traps.
template <class Source>
struct with_counters {
  static constexpr lowered lower() { return Source::template lower<true>(); }
};

template <class Source>
constexpr auto const& find_program() {
  if constexpr (lowered_program<Source>.asks_for_traps)
    return lowered_program<with_counters<Source>>;
  else return lowered_program<Source>;
}

/// The program of a source: its lowered form, and the counters of traps where there are any.
template <class Source>
inline constexpr auto const& program_of = find_program<Source>();

/// The name of argument I of a program as a type; I = -1: no argument.
template <class Source, int I>
struct argument_at {
  static constexpr std::string_view text =
      program_of<Source>.arguments[static_cast<std::size_t>(I)].name;
  using name = named<text_of<text.size()>(text)>;
};
template <class Source>
struct argument_at<Source, -1> {
  using name = void;
};
template <class Source, std::size_t I>
using named_argument = typename argument_at<Source, static_cast<int>(I)>::name;

/// The argument of a name; -1: the program has none.
template <class Source>
constexpr int index_of_argument(std::string_view name) {
  auto const& arguments = lowered_program<Source>.arguments;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (!name.empty() && arguments[i].name == name) return static_cast<int>(i);
  return -1;
}

/// The I-th argument of a lowered program as the leaf that the user wrote.
template <class Source, std::size_t I>
struct leaf_at {
  static constexpr ir::argument const& a = lowered_program<Source>.arguments[I];
  template <std::size_t... D>
  static constexpr auto make(std::index_sequence<D...>) {
    return leaf<text_of<a.name.size()>(a.name), a.kind, a.classes,
                a.extents[static_cast<int>(D)]...>{};
  }
  using type = decltype(make(std::make_index_sequence<static_cast<std::size_t>(a.extents.rank)>{}));
};

template <class Source, class Leaf>
constexpr auto find_leaf() {
  constexpr int index = index_of_argument<Source>(Leaf::argument.name);
  if constexpr (index < 0) return std::type_identity<Leaf>{};
  else if constexpr (lowered_program<Source>.arguments[index] == Leaf::argument)
    return std::type_identity<Leaf>{};
  else return leaf_at<Source, static_cast<std::size_t>(index)>{};
}
/// As what a program has the name of `Leaf`; that itself, if it has no such name.
template <class Source, class Leaf>
using needed_leaf = typename decltype(find_leaf<Source, Leaf>())::type;

template <class Name, bool Fits>
inline constexpr bool stands_for_one_thing = Fits;
template <class Name, bool Fits>
inline constexpr bool has_one_update = Fits;
template <class Operation, bool Fits>
inline constexpr bool has_known_convention = Fits;
template <class Operation, bool Fits>
inline constexpr bool has_stand_in = Fits;
template <class Operation, bool Fits>
inline constexpr bool has_bounds = Fits;
template <class Source, int Left, int Right>
inline constexpr bool traced_shapes_agree = Left == Right;

template <class Name, bool Fits>
constexpr auto require_one_meaning() {
  static_assert(stands_for_one_thing<Name, Fits>,
                "ramp: one name stands for two different things (another shape, or variable<...> "
                "here and parameter<...> there)");
}
template <class Name, bool Fits>
constexpr auto require_one_update() {
  static_assert(has_one_update<Name, Fits>,
                "ramp: a parameter, or what an update rule keeps, has two different updates in one "
                "step. Memory that differs between parameters is state_like<...>(w)");
}
template <class Operation, bool Fits>
constexpr auto require_convention() {
  static_assert(has_known_convention<Operation, Fits>,
                "ramp: it is not known what the system that the policy names returns at the kink "
                "of this operation. Give the operation a policy of its own, as in "
                "relu(x, standard), or use another policy");
}
template <class Operation, bool Fits>
constexpr auto require_stand_in() {
  static_assert(has_stand_in<Operation, Fits>,
                "ramp: under smooth<width> this operation would keep its kink, for it states no "
                "differentiable stand-in (smoothed). Give it a policy of its own, or use another "
                "policy");
}
template <class Operation, bool Fits>
constexpr auto require_bounds() {
  static_assert(has_bounds<Operation, Fits>,
                "ramp: gradient(f, wrt(x), interval) takes locally Lipschitz operations that state "
                "their bounds (enclose). This one jumps, or is part of a derivative at a kink, or "
                "states none");
}
template <class Source, int Left, int Right>
constexpr auto require_traced_shapes() {
  static_assert(traced_shapes_agree<Source, Left, Right>,
                "ramp: two values in a traced function do not fit together; the two numbers are "
                "their numbers of dimensions, or the first extents that differ");
}

/// What must be right of every program and shows only when it is lowered.
template <class Source>
constexpr bool check_lowered() {
  constexpr program_faults faults = program_of<Source>.faults;
  constexpr bool one_meaning = faults.clashing_name < 0;
  require_one_meaning<typename argument_at<Source, faults.clashing_name>::name, one_meaning>();
  constexpr bool one_update = faults.clashing_update < 0;
  require_one_update<typename argument_at<Source, faults.clashing_update>::name, one_update>();
  constexpr bool known = faults.unstated_convention < 0;
  constexpr int lacking = known ? 0 : faults.unstated_convention;
  require_convention<typename decltype(op::operation_numbered<lacking>())::type, known>();
  constexpr bool smooth = faults.kink_left < 0;
  require_stand_in<op::operation_at<static_cast<op::opcode>(smooth ? 0 : faults.kink_left)>,
                   smooth>();
  constexpr bool bounded = faults.unbounded < 0;
  require_bounds<op::operation_at<static_cast<op::opcode>(bounded ? 0 : faults.unbounded)>,
                 bounded>();
  constexpr shape_fault shapes = faults.shapes;
  require_traced_shapes<Source, shapes.left, shapes.right>();
  static_assert(!faults.mean_in_jacobian,
                "ramp: only gradients pass through mean_over_batch(...). A Jacobian, Hessian, "
                "jvp, directional or interval gradient belongs inside of it, as in "
                "mean_over_batch(sum(hessian(f, wrt(w))))");
  return one_meaning && one_update && known && smooth && bounded && !shapes.found &&
         !faults.mean_in_jacobian;
}

/// The element type of a program.
template <class T>
constexpr bool check_floating() {
  constexpr bool fits = std::is_same_v<T, float> || std::is_same_v<T, double>;
  static_assert(fits, "ramp: programs compute in float or double: compile<float>(...), "
                      "training_step<double>(...)");
  return fits;
}

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
  template <bool WithCounters = false>
  static constexpr lowered lower() {
    lowerer l(whole_program_policy<Policies...>::value);
    l.add_constant(expression);
    return l.template finish<WithCounters>();
  }
};

/// `compile(f, df)`: only types are known, raw numbers are run-time arguments.
template <class Expressions, class... Policies>
struct expression_source {
  static constexpr int literal_count = Expressions::literal_count;
  template <bool WithCounters = false>
  static constexpr lowered lower() {
    lowerer l(whole_program_policy<Policies...>::value);
    l.template add<Expressions>();
    return l.template finish<WithCounters>();
  }
};

}  // namespace ramp::detail
