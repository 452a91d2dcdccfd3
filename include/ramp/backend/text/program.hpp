// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <ramp/backend/text/formula.hpp>
#include <ramp/backend/text/label.hpp>
#include <ramp/backend/text/sink.hpp>

namespace ramp::backend {

/// What names of intermediate values begin with: t as in t1, or tt if the user has a t1, and so on.
constexpr std::string_view free_prefix(std::span<ir::argument const> arguments) {
  constexpr std::string_view letters = "tttttttt";
  std::size_t longest = 0;
  for (ir::argument const& a : arguments) {
    std::size_t const digits = a.name.find_first_not_of('t');
    if (digits == 0 || digits == std::string_view::npos) continue;
    if (a.name.find_first_not_of("0123456789", digits) != std::string_view::npos) continue;
    if (digits > longest) longest = digits;
  }
  return letters.substr(0, longest + 1);
}

/// A line for each root of a graph, then the formulas that these lines name:
///   t1 * cos(x) - 2 * x * t1 * sin(x)
///   where t1 = exp(-x * x)
/// An update is written `w <<= formula`; an output that others use has its name here.
constexpr void write_program(printed_graph const& g, std::span<label const> labels,
                             text_sink& out) {
  auto at = [&](int i) -> label const& { return labels[static_cast<std::size_t>(i)]; };
  std::string_view const prefix = free_prefix(g.arguments);
  formula_writer writer(g, labels, prefix, out);
  auto first_root = [&](int i) {
    for (std::size_t j = 0; j < g.roots.size(); ++j)
      if (g.roots[j].node == i) return static_cast<int>(j);
    return -1;
  };
  for (std::size_t j = 0; j < g.roots.size(); ++j) {
    pass::root const& r = g.roots[j];
    bool const defines = first_root(r.node) == static_cast<int>(j);
    out << (j > 0 ? "\n" : "");
    if (r.kind == pass::root_kind::update)
      out << g.arguments[static_cast<std::size_t>(r.target)].name << " <<= ";
    else if (defines && at(r.node).number > 0)
      out << prefix << at(r.node).number << " = ";
    if (defines) writer.definition(r.node);
    else writer.reference(r.node);
  }
  bool first = true;
  for (int s = 0; s < g.steps(); ++s) {
    int const i = g.step(s);
    if (at(i).number == 0 || first_root(i) >= 0) continue;
    out << (first ? "\nwhere " : "\n      ") << prefix << at(i).number << " = ";
    first = false;
    writer.definition(i);
  }
}

/// What `write_program` has written as one line: the lines with a comma between them, without their
/// indentation. `append` takes it in pieces.
template <class Append>
constexpr void on_one_line(std::string_view written, Append append) {
  while (!written.empty()) {
    std::size_t const end = written.find('\n');
    append(written.substr(0, end));
    if (end == std::string_view::npos) return;
    written.remove_prefix(end);
    std::size_t const indent = written.find_first_not_of("\n ");
    written.remove_prefix(indent < written.size() ? indent : written.size());
    append(std::string_view(", "));
  }
}

}  // namespace ramp::backend
