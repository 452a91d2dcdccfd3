// SPDX-License-Identifier: BSL-1.0
#pragma once

// Small graphs spelled like the formulas that they are printed as, and what formula_writer makes of
// them.

#include <ramp/backend/text/formula.hpp>
#include <ramp/ir/matrix_value.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace written {

namespace op = ramp::op;
namespace backend = ramp::backend;
using ramp::shape;
using ramp::ir::argument_kind;
using ramp::ir::axis_map;
using ramp::ir::code;
using ramp::ir::graph;
using ramp::ir::node;
using ramp::ir::opcode;
using ramp::ir::value;
using ramp::ir::value_of;

inline value argument(graph& g, std::string_view name, shape const& extents = {},
                      argument_kind kind = argument_kind::variable) {
  return value_of(g, g.argument_node(g.find_or_add({name, kind, extents, 0})));
}

/// The elementwise operation `Op`, and one with a number of its own.
template <class Op, class... Values>
value of(value const& first, Values const&... rest) {
  return first.combine<Op>(0.0, rest...);
}
template <class Op, class... Values>
value with(double attribute, value const& first, Values const&... rest) {
  return first.combine<Op>(attribute, rest...);
}

inline value operator+(value const& a, double b) { return a + a.number(b); }
inline value operator+(double a, value const& b) { return b.number(a) + b; }
inline value operator/(value const& a, double b) { return a / a.number(b); }
inline value operator/(double a, value const& b) { return b.number(a) / b; }

inline axis_map along(std::initializer_list<int> dimensions) {
  axis_map m;
  int d = 0;
  for (int e : dimensions) m.set(d++, e);
  return m;
}

/// `v` in another space: its dimension d runs along dimension list[d] of that space.
inline value spread(value const& v, shape const& space, std::initializer_list<int> list) {
  return ramp::ir::remapped(v, along(list), space);
}

/// The fold over all dimensions but those that are kept.
template <class Op>
value fold(value const& v, std::initializer_list<int> kept = {}) {
  return ramp::ir::reduce_to<Op>(v, along(kept), static_cast<int>(kept.size()));
}

/// An operation that moves elements.
inline value moved(opcode operation, shape const& result,
                   ramp::small_array<int, 3> const& attribute, value const& a,
                   value const& b = {}) {
  node n;
  n.operation = operation;
  n.arity = b.absent() ? 1 : 2;
  n.rank = result.rank;
  n.iteration = result;
  n.operand[0] = ramp::ir::full(a);
  if (!b.absent()) n.operand[1] = ramp::ir::full(b);
  n.attribute = attribute;
  return value_of(*a.owner, a.owner->insert(n));
}

/// A graph as it is printed, without roots.
inline backend::printed_graph printed(graph const& g) {
  return {.nodes = {g.nodes.data(), g.nodes.size()},
          .arguments = {g.arguments.data(), g.arguments.size()},
          .roots = {}};
}

/// What `write(formula_writer&)` writes of a graph whose nodes have these labels, or none.
template <class Write>
std::string text_of(backend::printed_graph const& p, std::vector<backend::label> labels,
                    Write write) {
  labels.resize(p.nodes.size());
  std::string text;
  auto const append = [](void* to, std::string_view piece) {
    static_cast<std::string*>(to)->append(piece);
  };
  backend::text_sink sink(append, &text);
  backend::formula_writer writer(p, labels, "t", sink);
  write(writer);
  return text;
}

/// The formula of a value.
inline std::string formula(value const& v, std::vector<backend::label> const& labels = {}) {
  int const i = materialized(v);
  return text_of(printed(*v.owner), labels,
                 [i](backend::formula_writer& w) { w.definition(i); });
}

/// The same as in a plan.
inline std::string formula_in_plan(value const& v, std::vector<backend::label> const& labels = {}) {
  int const i = materialized(v);
  backend::printed_graph p = printed(*v.owner);
  p.in_plan = true;
  return text_of(p, labels, [i](backend::formula_writer& w) { w.definition(i); });
}

}  // namespace written
