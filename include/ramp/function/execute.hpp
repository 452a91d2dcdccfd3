// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <ramp/backend/execute.hpp>
#include <ramp/function/source.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/pass/plan_memory.hpp>
#include <ramp/pass/rewrite.hpp>

namespace ramp::detail {

template <class T>
inline constexpr int lanes_of_panel = pass::panel_bytes / static_cast<int>(sizeof(T));

/// What is known of the size of a plan before it is made.
template <class Source>
struct lowered_size {
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
    std::vector<int> nodes;
    for (lowered_root const& r : program_of<Source>.roots) nodes.push_back(r.node);
    g = pass::strip_policies(g, nodes);
    std::vector<pass::root> roots;
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

template <class Program, class T, std::size_t... J>
RAMP_ALWAYS_INLINE void run_plain(T const* const* arguments, T* const* outputs,
                                  std::index_sequence<J...>) {
  alignas(pass::panel_bytes) T arena[static_cast<std::size_t>(Program::plan.arena_elements) + 1];
  backend::context<T> const c{arena, nullptr, arguments, true, true};
  backend::run_kernels<Program, 0, static_cast<int>(Program::plan.kernels.size())>(c);
  (copy_out<Program, J>(arena, outputs[J]), ...);
}

/// Runs a program. `arguments[i]` points to the row-major elements of argument i, `outputs[j]` to
/// the memory of root j, which overlaps with nothing. In a constant expression the program is
/// evaluated by the definition of its nodes, else its kernels run, with the arena on the stack.
template <class Source, class T>
constexpr void execute(T const* const* arguments, T* const* outputs) {
  auto const& program = program_of<Source>;
  // the builtin, which compilers fold before they look at the branches: through the function of the
  // standard library every operation's reference code would be optimised, and then thrown away
  if (!__builtin_is_constant_evaluated()) {
    run_plain<plain_program<Source, T>, T>(
        arguments, outputs, std::make_index_sequence<program_of<Source>.roots.size()>{});
    return;
  }
  std::vector<T const*> const pointers(arguments, arguments + program.arguments.size());
  ir::evaluation<T> const values = ir::evaluate<T>(
      {program.nodes.data(), static_cast<int>(program.nodes.size())}, pointers);
  for (std::size_t j = 0; j < program.roots.size(); ++j) {
    int const count = program.roots[j].extents.elements();
    T const* const from = values[program.roots[j].node];
    for (int i = 0; i < count; ++i) outputs[j][i] = from[i];
  }
}

}  // namespace ramp::detail
