// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <ramp/backend/text/formula.hpp>
#include <ramp/backend/text/label.hpp>
#include <ramp/backend/text/program.hpp>
#include <ramp/backend/text/sink.hpp>
#include <ramp/ir/matrix.hpp>
#include <ramp/pass/plan.hpp>

// Plain functions over plain arrays: the text of a plan is made when it is printed, and costs the
// compiler little.

namespace ramp::backend {

/// A plan as it is printed.
struct printed_plan {
  printed_graph graph;
  std::span<pass::placement const> placements;
  std::span<pass::kernel const> kernels;
  std::span<int const> members;  // kernel by kernel, from kernel::first on
  std::size_t element_bytes = 0;
  std::size_t arena_elements = 0;
  std::size_t state_elements = 0;
  int tile = 0;  // samples; 0: no program over samples

  [[nodiscard]] std::span<int const> members_of(pass::kernel const& k) const {
    return members.subspan(static_cast<std::size_t>(k.first), static_cast<std::size_t>(k.count));
  }
  [[nodiscard]] pass::placement const& placement(int i) const {
    return placements[static_cast<std::size_t>(i)];
  }
};

namespace detail {

/// Arguments and constants, then what the kernels compute, in their order. Returns how many.
inline std::size_t order_nodes(printed_plan const& p, std::span<int const> scheduled,
                               std::span<int> order) {
  std::size_t count = 0;
  for (int i = 0; i < static_cast<int>(p.graph.nodes.size()); ++i)
    if (op::is_leaf(p.graph[i].operation)) order[count++] = i;
  for (int i : scheduled) order[count++] = i;
  return count;
}

inline constexpr std::array<std::string_view, 8> output_names{
    "output[0]", "output[1]", "output[2]", "output[3]",
    "output[4]", "output[5]", "output[6]", "output[7]"};

/// Names what leaves a kernel.
inline void label_plan(printed_plan const& p, std::span<label> labels) {
  std::size_t outputs = 0;
  std::size_t count = 0;
  for (pass::root const& r : p.graph.roots) count += r.kind == pass::root_kind::output ? 1 : 0;
  for (pass::root const& r : p.graph.roots) {
    std::string_view& text = labels[static_cast<std::size_t>(r.node)].text;
    if (r.kind == pass::root_kind::loss) text = "loss";
    if (r.kind == pass::root_kind::output && outputs < output_names.size()) {
      text = count == 1 ? "output" : output_names[outputs];
      ++outputs;
    }
  }
  for (int i : p.members)  // a sum that goes on from tile to tile shows as t1 += ...
    labels[static_cast<std::size_t>(i)].stored = p.placement(i).at.where == pass::memory::arena ||
                                                 (p.placement(i).over_samples && p.tile > 0);
  find_labels(p.graph, labels);
}

inline text_sink& write_extents(text_sink& out, ir::node const& n, int from, int to) {
  for (int d = from; d < to; ++d) out << (d > from ? " x " : "") << n.extent(d);
  return out;
}

/// 1234567 as 1,234,567.
inline text_sink& write_grouped(text_sink& out, std::size_t number) {
  if (number >= 1000) {
    write_grouped(out, number / 1000) << ",";
    for (std::size_t place = 100; place > 0 && number % 1000 < place; place /= 10)
      if (place > 1 || number % 1000 == 0) out << "0";
    if (number % 1000 == 0) return out;
    return out << number % 1000;
  }
  return out << number;
}

/// `solve, 3 x 3 for 2 columns, 32 times`.
inline void write_matrix_kernel(ir::node const& n, text_sink& out) {
  int const rows = ir::square_extent(n);
  int const columns = ir::column_extent(n);
  out << op::facts_of(n.operation).name << ", " << rows << " x " << rows;
  if (ir::is_on_columns(n))
    out << " for " << columns << (columns == 1 ? " column" : " columns");
  int batch = 1;
  for (int d = 0; d < ir::batch_rank(n); ++d) batch *= n.extent(d);
  if (batch > 1) out << ", " << batch << " times";
}

/// How a kernel computes.
inline void write_kernel(printed_plan const& p, pass::kernel const& k, text_sink& out) {
  ir::node const& main = p.graph[k.main];
  switch (k.kind) {
    case pass::kernel_kind::scalars:
      out << k.count << (k.count == 1 ? " operation" : " operations") << " on scalars";
      break;
    case pass::kernel_kind::rows:
      if (k.extent[0] > 1) out << k.extent[0] << " rows of " << k.extent[1] << " lanes";
      else out << "vector of " << k.extent[1];
      if (k.phases > 1) out << ", " << k.phases << " passes over the rows";
      break;
    case pass::kernel_kind::contract:
      out << (main.rank == 2 ? "matrix product, " : "product of a matrix and a vector, ");
      write_extents(out, main, 0, main.rank) << " over ";
      write_extents(out, main, main.rank, main.iteration.rank);
      if (k.start >= 0) {
        ir::node const& sum = p.graph[k.start];
        int const start = sum.operand[sum.operand[0] == k.main ? 1 : 0];
        out << ", starting from " << p.graph.argument_of(p.graph[start]).name;
      }
      break;
    case pass::kernel_kind::matrix:
      write_matrix_kernel(main, out);
      break;
    case pass::kernel_kind::copy:
    case pass::kernel_kind::generic:
      if (k.kind == pass::kernel_kind::copy) out << "copy with the other dimension in lanes";
      else out << (main.is(ir::code<op::view>) ? "copy" : op::facts_of(main.operation).name);
      if (main.rank > 0) write_extents(out << ", ", main, 0, main.rank);
      if (main.reduced() > 0) {
        out << (main.rank > 0 ? " over " : ", ");
        write_extents(out, main, main.rank, main.iteration.rank);
      }
      break;
  }
  if (k.accumulates && p.tile > 0) out << ", sums over samples";
  if (k.updates) out << (k.accumulates ? ", then updates in place" : ", updates in place");
}

/// What a kernel hands on: values in memory, and what is used so often that it has a name.
inline void write_results(printed_plan const& p, pass::kernel const& k,
                          std::span<label const> labels, std::string_view prefix,
                          formula_writer& writer, text_sink& out) {
  for (int i : p.members_of(k)) {
    label const& l = labels[static_cast<std::size_t>(i)];
    bool written = false;
    for (pass::root const& r : p.graph.roots) {
      if (r.kind != pass::root_kind::update || r.node != i) continue;
      out << "\n   " << p.graph.arguments[static_cast<std::size_t>(r.target)].name << " <<= ";
      written = true;
    }
    if (!written && !l.exists()) continue;
    if (!written) {
      out << "\n   ";
      if (!l.text.empty()) out << l.text;
      else out << prefix << l.number;
      out << (p.placement(i).over_samples && p.tile > 0 ? " += " : " = ");
    }
    writer.definition(i);
  }
}

}  // namespace detail

/// One paragraph a kernel: how it computes, then what, as formulas. Names: t1 is a value in memory
/// or one that is used repeatedly, `loss` and `output` what the caller gets; `+=` goes on from one
/// tile of samples to the next, `<<=` overwrites a parameter. Last, the memory.
/// `scheduled`: what the kernels compute, in that order. Memory for `order` and `labels`, one for
/// each node, is the caller's.
inline void write_plan(printed_plan const& p, std::span<int const> scheduled, std::span<int> order,
                       std::span<label> labels, text_sink& out) {
  printed_plan ordered = p;
  ordered.graph.order = order.first(detail::order_nodes(p, scheduled, order));
  detail::label_plan(ordered, labels);
  std::string_view const prefix = free_prefix(p.graph.arguments);
  formula_writer writer(ordered.graph, labels, prefix, out);
  int number = 0;
  for (pass::kernel const& k : p.kernels) {
    out << ++number << ". ";
    if (p.tile > 0)
      out << (k.when == pass::stage::last_tile ? "[last tile] " : "[every tile] ");
    detail::write_kernel(p, k, out);
    detail::write_results(ordered, k, labels, prefix, writer, out);
    out << "\n";
  }
  std::size_t accumulators = 0;
  for (pass::placement const& a : p.placements)
    if (a.accumulator >= 0) accumulators += static_cast<std::size_t>(a.at.elements);
  out << "memory: ";
  if (p.state_elements > 0)
    detail::write_grouped(out, p.state_elements * p.element_bytes) << " bytes of state, ";
  detail::write_grouped(out, p.arena_elements * p.element_bytes) << " bytes between kernels";
  if (accumulators > 0) {
    out << ", ";
    detail::write_grouped(out, accumulators * p.element_bytes) << " of them sums over samples";
  }
  if (p.tile > 0) out << "; tiles of " << p.tile << " samples";
}

/// One line a node: number, operation, operands, shape, kernel. An operand that is not read
/// dimension by dimension shows in brackets which dimension of the node each of its own runs along.
inline void write_graph(printed_graph const& g, std::span<pass::placement const> placements,
                        text_sink& out) {
  std::size_t column = 0;
  auto pad = [&](std::size_t to) {
    do out << " ";
    while (out.size() < column + to);
  };
  for (int i = 0; i < static_cast<int>(g.nodes.size()); ++i) {
    ir::node const& n = g[i];
    if (i > 0) out << "\n";
    column = out.size();
    out << i;
    pad(5);
    out << op::facts_of(n.operation).name;
    pad(20);
    if (n.is(ir::code<op::argument>)) {
      std::string_view const name = g.argument_of(n).name;
      if (name.empty()) out << "number " << n.attribute[0] + 1;
      else out << name;
    }
    if (n.is(ir::code<op::constant>)) out << number_text(n.value).view();
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      out << (k > 0 ? " " : "") << o;
      if (op::reads_whole(n.operation) || g[o].rank == 0 ||
          n.map[k] == ir::axis_map::identity(g[o].rank))
        continue;
      out << "(";
      for (int e = 0; e < g[o].rank; ++e) out << (e > 0 ? "," : "") << n.map[k][e];
      out << ")";
    }
    pad(44);
    if (n.rank == 0) out << "scalar";
    detail::write_extents(out, n, 0, n.rank);
    if (n.reduced() > 0 && !(op::is_matrix(n.operation) && ir::is_on_columns(n)))
      detail::write_extents(out << " over ", n, n.rank, n.iteration.rank);
    if (placements.empty() || placements[static_cast<std::size_t>(i)].kernel < 0) continue;
    pad(64);
    out << "kernel " << placements[static_cast<std::size_t>(i)].kernel + 1;
  }
}

}  // namespace ramp::backend
