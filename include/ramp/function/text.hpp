// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <iosfwd>
#include <span>
#include <string_view>
#include <type_traits>

#include <ramp/backend/text/program.hpp>
#include <ramp/core/message.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/source.hpp>

namespace ramp {
namespace detail {

/// A lowered program as text.
template <class Source>
struct text_program {
  static constexpr auto const& program = program_of<Source>;

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
  /// Without run-time numbers the text is a constant of the program.
  static constexpr auto constant_text = [] {
    if constexpr (Source::literal_count == 0) return make(nullptr);
    else return 0;
  }();

  static constexpr fixed_text<capacity> of(numbers<Source::literal_count> const& literals) {
    if constexpr (Source::literal_count == 0) return constant_text;
    else return make(literals.at.data());
  }
};

}  // namespace detail

/// For `std::cout << text(f)`.
template <class Traits, std::size_t Capacity>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             fixed_text<Capacity> const& t) {
  return out << t.view();
}

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

}  // namespace ramp
