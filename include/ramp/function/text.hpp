// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <iosfwd>
#include <span>
#include <string_view>
#include <type_traits>

#include <ramp/backend/text/plan.hpp>
#include <ramp/backend/text/program.hpp>
#include <ramp/core/message.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/source.hpp>

namespace ramp {

template <class Source, class Rule, class T, int Tile>
class trainer;

namespace detail {

/// A lowered program as text.
template <class Source>
struct text_program {
  static constexpr auto const& program = lowered_program<Source>;

  static constexpr auto roots = [] {
    std::array<pass::root, program.roots.size()> all{};
    for (std::size_t j = 0; j < all.size(); ++j) {
      bool const update = program.roots[j].kind == lowered_kind::update;
      all[j] = {program.roots[j].node, update ? pass::root_kind::update : pass::root_kind::output,
                program.roots[j].target};
    }
    return all;
  }();

  static constexpr backend::printed_graph graph() {
    return {.nodes = program.nodes,
            .arguments = program.arguments,
            .roots = roots,
            .sums = program.means};
  }

  static constexpr auto labels = [] {
    std::array<backend::label, program.nodes.size()> all{};
    backend::find_labels(graph(), all);
    return all;
  }();

  static constexpr std::size_t capacity = [] {
    backend::printed_graph g = graph();
    g.numbers = backend::printed_graph::numbers_are::blanks;
    backend::text_sink sink;
    backend::write_program(g, labels, sink);
    return sink.size();
  }();

  static constexpr fixed_text<capacity> make(double const* values) {
    backend::printed_graph g = graph();
    g.numbers = backend::printed_graph::numbers_are::values;
    g.values = values;
    std::array<char, capacity> characters{};
    backend::text_sink sink(characters.data());
    backend::write_program(g, labels, sink);
    return fixed_text<capacity>{}.append({characters.data(), sink.size()});
  }
  /// Without run-time numbers the text is a constant of the program; a very long one is written
  /// when it is asked for, because compilers limit the steps of a constant.
  static constexpr bool is_constant = Source::literal_count == 0 && program.nodes.size() < 800;
  static constexpr auto constant_text = [] {
    if constexpr (is_constant) return make(nullptr);
    else return 0;
  }();

  static constexpr fixed_text<capacity> of(
      [[maybe_unused]] numbers<Source::literal_count> const& literals) {
    if constexpr (is_constant) return constant_text;
    else if constexpr (Source::literal_count > 0) return make(literals.at.data());
    else return make(nullptr);
  }
};

}  // namespace detail

/// For `std::cout << text(f)`.
template <class Traits, std::size_t Capacity>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             fixed_text<Capacity> const& t) {
  return out << t.view();
}

/// The mathematics of one or several expressions, or of what a lambda without captures returns, as
/// a person would write it, one line each; a subgradient policy may stand last:
///     text(derivative(sin(x) * exp(-x * x), wrt(x)))
///     == "exp(-x * x) * cos(x) - 2 * x * sin(x) * exp(-x * x)"
/// The text is that of the graph, so what is printed is what is computed, after simplification.
/// What is not short and used repeatedly has a name and stands below, `where t1 = ...`. What no
/// user writes: see backend/text/formula.hpp. Raw numbers print their values.
/// Returns: a fixed_text, which converts to std::string_view and prints with <<; a constant unless
/// an expression carries raw numbers. Allocation: none. Limit: with the default limits of clang, a
/// formula of about 1000 operations.
template <class First, class... Rest>
  requires(expression<First> || detail::is_expressions<First> || requires(First f) { f(); })
constexpr auto text(First const& first, Rest const&... rest) {
  if constexpr (requires { first(); }) {
    return detail::text_program<detail::lambda_source<First, Rest...>>::of({});
  } else {
    using source = typename decltype(detail::parts_of<First, Rest...>())::source;
    return detail::text_program<source>::of(
        detail::joined(detail::literals_among(first), detail::literals_among(rest)...));
  }
}

namespace detail {

/// The planned program of a compiled function or a training step, and its run-time numbers where
/// they can be seen.
template <class Compiled>
struct plan_source;

template <class Source, class T>
struct plan_source<function<Source, T>> {
  using program = plain_program<Source, T>;
  static constexpr numbers<0> literals(function<Source, T> const&) { return {}; }
};

template <class Source, class Rule, class T, int Tile>
struct plan_source<trainer<Source, Rule, T, Tile>> {
  using step = trainer<Source, Rule, T, Tile>;
  using program = typename step::program;
  static constexpr auto literals(step const& s) { return Source::all_updates(s.rule).literals; }
};

/// What prints the plan and the nodes of a program. Count: how many run-time numbers are known.
template <class Program, int Count>
struct plan_printer {
  static constexpr auto const& plan = Program::plan;
  [[no_unique_address]] numbers<Count> literals;

  void write_plan(backend::text_sink& out) const { write(out, false); }
  void write_graph(backend::text_sink& out) const { write(out, true); }

 private:
  void write(backend::text_sink& out, bool as_graph) const {
    backend::printed_plan p{.graph = {.nodes = plan.nodes,
                                      .arguments = plan.arguments,
                                      .roots = plan.roots,
                                      .in_plan = true},
                            .placements = plan.placements,
                            .kernels = plan.kernels,
                            .members = plan.members};
    p.element_bytes = sizeof(typename Program::value_type);
    p.arena_elements = static_cast<std::size_t>(plan.arena_elements);
    p.state_elements = static_cast<std::size_t>(plan.state_elements);
    if constexpr (requires { Program::tile; }) p.tile = Program::tile;
    std::array<double, plan.arguments.size() + 1> values{};
    if constexpr (Count > 0) {
      std::size_t next = 0;
      for (std::size_t i = 0; i < plan.arguments.size(); ++i)
        if (plan.arguments[i].name.empty()) values[i] = literals.at[next++];
      p.graph.values = values.data();
      p.graph.numbers = backend::printed_graph::numbers_are::values;
    }
    if (as_graph) return backend::write_graph(p.graph, p.placements, out);
    std::array<int, plan.nodes.size()> order{};
    std::array<backend::label, plan.nodes.size()> labels{};
    backend::write_plan(p, plan.scheduled, order, labels, out);
  }
};

template <class Compiled>
constexpr auto printer_of(Compiled const& compiled) {
  auto const literals = plan_source<Compiled>::literals(compiled);
  constexpr int count = []<int Count>(std::type_identity<numbers<Count>>) {
    return Count;
  }(std::type_identity<std::remove_const_t<decltype(literals)>>{});
  return plan_printer<typename plan_source<Compiled>::program, count>{literals};
}

}  // namespace detail

/// Text that is made while it is printed. Memory: on the stack, while it is.
template <class Printer, void (Printer::*Write)(backend::text_sink&) const>
struct printout {
  Printer printer;

  /// Calls `receive(std::string_view)` with one piece after the other.
  template <class Receive>
  void pieces(Receive&& receive) const {
    using function = std::remove_reference_t<Receive>;
    backend::text_sink sink(
        [](void* to, std::string_view piece) { (*static_cast<function*>(to))(piece); },
        const_cast<void*>(static_cast<void const*>(&receive)));
    (printer.*Write)(sink);
  }

  template <class Traits>
  friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                      printout const& text) {
    text.pieces([&](std::string_view piece) { out << piece; });
    return out;
  }
};

/// The fused program of a training step or a compiled function in words: for each kernel how it
/// computes, and as formulas what (backend/text/plan.hpp); then the memory. For
/// `std::cout << plan_text(step)`. Allocation: none.
template <class Compiled>
constexpr auto plan_text(Compiled const& compiled) {
  using printer = decltype(detail::printer_of(compiled));
  return printout<printer, &printer::write_plan>{detail::printer_of(compiled)};
}

/// The nodes of that program, one line each: number, operation, operands, shape, kernel.
template <class Compiled>
constexpr auto graph_text(Compiled const& compiled) {
  using printer = decltype(detail::printer_of(compiled));
  return printout<printer, &printer::write_graph>{detail::printer_of(compiled)};
}

}  // namespace ramp
