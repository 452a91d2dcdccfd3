// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/backend/execute.hpp>
#include <ramp/core/list.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/trap.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/pass/plan_memory.hpp>
#include <ramp/pass/rewrite.hpp>

namespace ramp::detail {

template <class T>
inline constexpr int lanes_of_panel = pass::panel_bytes / static_cast<int>(sizeof(T));

/// What is known of the size of a plan before it is made.
template <class Source>
struct lowered_size {
  using source = Source;
  static constexpr int lowered_nodes = static_cast<int>(program_of<Source>.nodes.size());
  static constexpr int roots = static_cast<int>(program_of<Source>.roots.size());
  static constexpr int arguments = static_cast<int>(program_of<Source>.arguments.size());
};

/// A program whose arguments are all bound by the caller, as a plan.
template <class Source, class T>
struct plain_program : lowered_size<Source> {
  using value_type = T;

  static constexpr pass::draft make() {
    ir::graph g = program_of<Source>.graph();
    // whatever a name stands for elsewhere, here it is row-major memory of the caller
    for (ir::argument& a : g.arguments) a.kind = ir::argument_kind::variable;
    list<int> nodes;
    for (lowered_root const& r : program_of<Source>.roots) nodes.push_back(r.node);
    g = pass::strip_policies(g, nodes);
    list<pass::root> roots;
    for (int n : nodes) roots.push_back({n, pass::root_kind::output, -1});
    constexpr int width = lanes_of_panel<T>;
    return pass::plan_memory(pass::fuse(g, roots, width / 2, width), false);
  }
  static constexpr auto plan = pass::planned<plain_program>::cut();
};

/// Copies root J from the arena to row-major memory.
template <class Program, std::size_t J, class T>
RAMP_ALWAYS_INLINE void copy_out(T const* arena, T* to) {
  constexpr int index = Program::plan.roots[J].node;
  constexpr ir::node const& n = Program::plan.nodes[static_cast<std::size_t>(index)];
  constexpr pass::storage at = Program::plan.placements[static_cast<std::size_t>(index)].at;
  constexpr int count = n.result_shape().elements();
  if constexpr (n.rank == 0) {
    *to = arena[at.base];
  } else {
    for (int e = 0; e < count; ++e) {
      int rest = e;
      int offset = at.base;
      for (int d = n.rank - 1; d >= 0; --d) {
        offset += at.offset_along(d, rest % n.extent(d));
        rest /= n.extent(d);
      }
      to[e] = arena[offset];
    }
  }
}

/// Adds what one evaluation counted, trap by trap. Returns the first one that stops, else
/// no_position.
template <class Source, class Count>
constexpr std::size_t collect_traps(trap_counters<Source>& traps, Count const& count) {
  std::size_t stopped = no_position;
  for (std::size_t i = 0; i < traps.size(); ++i) {
    auto const hits = static_cast<std::uint64_t>(count(i));
    traps.add(i, hits);
    if (hits > 0 && stopped == no_position && program_of<Source>.traps[i].stops) stopped = i;
  }
  return stopped;
}

template <class Source, class T, std::size_t... J, std::size_t... C>
RAMP_ALWAYS_INLINE std::size_t run_plain(T const* const* arguments, T* const* outputs,
                                         [[maybe_unused]] trap_counters<Source>& traps,
                                         std::index_sequence<J...>, std::index_sequence<C...>) {
  using program = plain_program<Source, T>;
  alignas(pass::panel_bytes) T arena[static_cast<std::size_t>(program::plan.arena_elements) + 1];
  backend::context<T> const c{arena, nullptr, arguments, true, true};
  backend::run_kernels<program, 0, static_cast<int>(program::plan.kernels.size())>(c);
  if constexpr (sizeof...(C) > 0) {
    std::array<T, sizeof...(C)> counts{};
    (copy_out<program, sizeof...(J) + C>(arena, &counts[C]), ...);
    auto const stopped = collect_traps(traps, [&](std::size_t i) { return counts[i]; });
    if (stopped != no_position) return stopped;
  }
  (copy_out<program, J>(arena, outputs[J]), ...);
  return no_position;
}

/// Runs a program. `arguments[i]` points to the row-major elements of argument i, `outputs[j]` to
/// the memory of result j, which overlaps with nothing. In a constant expression the program is
/// evaluated by the definition of its nodes, else its kernels run, with the arena on the stack.
/// Returns the trap that stopped it, before anything is written, else no_position.
template <class Source, class T>
constexpr std::size_t execute(T const* const* arguments, T* const* outputs,
                              trap_counters<Source>& traps) {
  auto const& program = program_of<Source>;
  constexpr std::size_t results = program_of<Source>.result_count;
  // the builtin, which compilers fold before they look at the branches: through the function of the
  // standard library every operation's reference code would be optimised, and then thrown away
  if (!__builtin_is_constant_evaluated())
    return run_plain<Source>(arguments, outputs, traps, std::make_index_sequence<results>{},
                             std::make_index_sequence<program_of<Source>.traps.size()>{});
  list<T const*> const pointers(arguments, arguments + program.arguments.size());
  constexpr ir::node_list nodes{program_of<Source>.nodes.data(),
                                static_cast<int>(program_of<Source>.nodes.size())};
  auto const values = ir::evaluate<T, nodes.operations()>(nodes, pointers);
  auto const stopped = collect_traps(
      traps, [&](std::size_t i) { return values[program.roots[results + i].node][0]; });
  if (stopped != no_position) return stopped;
  for (std::size_t j = 0; j < results; ++j) {
    int const count = program.roots[j].extents.elements();
    T const* const from = values[program.roots[j].node];
    for (int i = 0; i < count; ++i) outputs[j][i] = from[i];
  }
  return no_position;
}
/// For a program without traps.
template <class Source, class T>
constexpr void execute(T const* const* arguments, T* const* outputs) {
  trap_counters<Source> none;
  execute<Source, T>(arguments, outputs, none);
}

}  // namespace ramp::detail
