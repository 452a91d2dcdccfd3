// SPDX-License-Identifier: BSL-1.0
#pragma once

// One small graph for every operation of op::table and op::composites. An elementwise operation or
// a reduction gets its graph from what it states about itself; an operation that moves elements
// needs a case here, and does not compile without.

#include <ramp/expr/definition.hpp>
#include <ramp/ir/matrix.hpp>
#include <ramp/op/table.hpp>

#include "graphs.hpp"

#include <cstdlib>
#include <type_traits>
#include <utility>

namespace laws {

/// A graph and the node in it that the law is about; every argument may be differentiated by.
struct one_case {
  graph g;
  int root = -1;

  [[nodiscard]] ramp::list<int> wrt() const {
    ramp::list<int> all;
    for (std::size_t i = 0; i < g.arguments.size(); ++i) all.push_back(static_cast<int>(i));
    return all;
  }
};

namespace detail {

template <class Op>
inline constexpr bool moves_elements =
    Op::kind == ramp::op::category::layout || Op::kind == ramp::op::category::contraction;
template <class Op>
inline constexpr bool always_false = false;

constexpr node blank(ramp::ir::opcode operation, std::uint8_t arity, shape const& iteration,
                     int rank) {
  node n;
  n.operation = operation;
  n.arity = arity;
  n.iteration = iteration;
  n.rank = rank;
  return n;
}

/// The number that the node of an operation carries, if it carries one: a tie weight, or an order.
template <class Op>
constexpr double attribute_of(double tie_weight) {
  if (std::is_same_v<Op, ramp::op::polygamma>) return 1.0;
  return ramp::op::attributed<Op> ? tie_weight : 0.0;
}

/// The operands come as a matrix, a row that is repeated, and a transposed matrix.
template <class Op>
constexpr one_case elementwise_case(double tie_weight) {
  one_case c;
  node n = blank(code<Op>, Op::arity, shape(2, 3), 2);
  n.operand[0] = argument(c.g, "a", shape(2, 3)).index;
  n.map[0] = map_of(0, 1);
  if constexpr (Op::arity > 1) {
    n.operand[1] = argument(c.g, "b", shape(3)).index;
    n.map[1] = map_of(1);
  }
  if constexpr (Op::arity > 2) {
    n.operand[2] = argument(c.g, "c", shape(3, 2)).index;
    n.map[2] = map_of(1, 0);
  }
  n.value = attribute_of<Op>(tie_weight);
  c.root = c.g.insert(n);
  return c;
}

/// The same operands.
template <class Op>
constexpr one_case composite_case() {
  ramp::detail::builder b;
  b.policy = ramp::standard.value;
  std::array<value, static_cast<std::size_t>(Op::arity)> x;
  shape const space(2, 3);
  x[0] = argument(b.graph, "a", space);
  if constexpr (Op::arity > 1) {
    x[1] = argument(b.graph, "b", shape(3));
    x[1].map = map_of(1);
    x[1].space = space;
  }
  if constexpr (Op::arity > 2) {
    x[2] = argument(b.graph, "c", shape(3, 2));
    x[2].map = map_of(1, 0);
    x[2].space = space;
  }
  int const root = ramp::ir::full(ramp::detail::apply_operation<Op>(b, {}, x));
  return {b.graph, root};
}

/// Folds the first and the last of three dimensions.
template <class Op>
constexpr one_case reduction_case() {
  one_case c;
  node n = blank(code<Op>, 1, shape(3, 2, 2), 1);
  n.operand[0] = argument(c.g, "a", shape(2, 3, 2)).index;
  n.map[0] = map_of(1, 0, 2);
  c.root = c.g.insert(n);
  return c;
}

template <class Op>
constexpr one_case moving_case() {
  using namespace ramp::op;
  one_case c;
  node n;
  if constexpr (std::is_same_v<Op, contract>) {
    n = blank(code<Op>, 2, shape(3, 2, 4), 2);  // the product of two matrices, transposed
    n.operand = {argument(c.g, "a", shape(2, 4)).index, argument(c.g, "b", shape(4, 3)).index, -1};
    n.map[0] = map_of(1, 2);
    n.map[1] = map_of(2, 0);
  } else if constexpr (std::is_same_v<Op, view>) {
    n = blank(code<Op>, 1, shape(3, 2, 2), 3);  // transposed, and repeated in the middle
    n.operand[0] = argument(c.g, "a", shape(2, 3)).index;
    n.map[0] = map_of(2, 0);
  } else if constexpr (std::is_same_v<Op, reshape>) {
    n = blank(code<Op>, 1, shape(3, 2), 2);
    n.operand[0] = argument(c.g, "a", shape(2, 3)).index;
  } else if constexpr (std::is_same_v<Op, slice>) {
    n = blank(code<Op>, 1, shape(2, 2, 2), 3);  // elements 3 and 1
    n.operand[0] = argument(c.g, "a", shape(2, 4, 2)).index;
    n.attribute = {1, 3, -2};
  } else if constexpr (std::is_same_v<Op, pad>) {
    n = blank(code<Op>, 1, shape(2, 7), 2);  // at 5, 3 and 1
    n.operand[0] = argument(c.g, "a", shape(2, 3)).index;
    n.attribute = {1, 5, -2};
  } else if constexpr (std::is_same_v<Op, cumulative_sum>) {
    n = blank(code<Op>, 1, shape(2, 4, 2), 3);  // from the last of four on
    n.operand[0] = argument(c.g, "a", shape(2, 4, 2)).index;
    n.attribute = {1, 0, -1};
  } else if constexpr (std::is_same_v<Op, concatenate>) {
    n = blank(code<Op>, 2, shape(2, 5), 2);
    n.operand = {argument(c.g, "a", shape(2, 2)).index, argument(c.g, "b", shape(2, 3)).index, -1};
    n.attribute = {1, 2};
  } else {
    static_assert(always_false<Op>, "this operation has no law: give it a case here");
  }
  c.root = c.g.insert(n);
  return c;
}

/// Of two matrices that are stored with the batch between rows and columns and read transposed. Of
/// two operands, one is the same for the whole batch.
template <class Op>
constexpr one_case matrix_case() {
  using ramp::op::matrix_form;
  constexpr bool has_formula = Op::form == matrix_form::number || Op::name == "cofactors";
  constexpr int size = has_formula || Op::name == "cofactors_along" ? 4 : 3;  // more than formulas
  one_case c;
  constexpr int rank = Op::form == matrix_form::number ? 1 : 3;
  node n = blank(code<Op>, Op::arity, shape(2, size, size), rank);
  if constexpr (Op::form == matrix_form::columns) {
    n.iteration = shape(2, size, 2, size);
    n.operand[0] = argument(c.g, "a", shape(size, size)).index;
    n.operand[1] = argument(c.g, "b", shape(size, 2, 2)).index;
    n.map[0] = map_of(1, 3);
    n.map[1] = map_of(3, 0, 2);
    n.attribute[0] = Op::name == "triangular_solve" ? 1 : 0;
  } else {
    n.operand[0] = argument(c.g, "a", shape(size, 2, size)).index;
    n.map[0] = map_of(2, 0, 1);
    if constexpr (Op::arity == 2) {
      n.operand[1] = argument(c.g, "b", shape(size, size)).index;
      n.map[1] = map_of(1, 2);
    }
  }
  c.root = c.g.insert(n);
  return c;
}

}  // namespace detail

/// The row and the column in its matrix of an element of a matrix operation's first operand.
struct matrix_element {
  int row, column;
};
inline matrix_element place_in_matrix(one_case const& c, int element) {
  node const& n = c.g[c.root];
  node const& source = c.g[n.operand[0]];
  auto const own = ramp::ir::dimensions_of(n, 0);
  matrix_element place{};
  for (int d = source.rank - 1; d >= 0; --d) {
    if (n.map[0][d] == own.rows) place.row = element % source.extent(d);
    if (n.map[0][d] == own.columns) place.column = element % source.extent(d);
    element /= source.extent(d);
  }
  return place;
}

/// Makes the matrices of the first operand regular, and positive definite if they are symmetric.
inline void strengthen_diagonal(one_case const& c, ramp::check::point& at) {
  if (!ramp::op::is_matrix(c.g[c.root].operation)) return;
  for (std::size_t i = 0; i < at[0].size(); ++i) {
    auto const [row, column] = place_in_matrix(c, static_cast<int>(i));
    if (row == column) at[0][i] += 6.0;
  }
}

/// The graph of one operation. Leaves have none: they have nothing to differentiate.
template <class Op>
constexpr one_case case_of(double tie_weight = 0.25) {
  if constexpr (Op::kind == ramp::op::category::elementwise)
    return detail::elementwise_case<Op>(tie_weight);
  else if constexpr (Op::kind == ramp::op::category::composite)
    return detail::composite_case<Op>();
  else if constexpr (Op::kind == ramp::op::category::reduction)
    return detail::reduction_case<Op>();
  else if constexpr (Op::kind == ramp::op::category::matrix)
    return detail::matrix_case<Op>();
  else
    return detail::moving_case<Op>();
}

/// An elementwise operation, composite or not, of operands that all have this shape.
template <class Op>
one_case case_of_equal_shapes(shape const& s, double tie_weight = 0.25) {
  ramp::detail::builder b;
  b.policy = ramp::standard.value;
  std::array<value, static_cast<std::size_t>(Op::arity)> x;
  for (value& v : x) v = argument(b.graph, "x", s);
  if constexpr (ramp::op::composite<Op>) {
    int const root = ramp::ir::full(ramp::detail::apply_operation<Op>(b, {}, x));
    return {b.graph, root};
  } else {
    node n = detail::blank(code<Op>, Op::arity, s, s.rank);
    n.value = detail::attribute_of<Op>(tie_weight);
    for (std::size_t k = 0; k < x.size(); ++k) {
      n.operand[k] = x[k].index;
      n.map[k] = x[k].map;
    }
    int const root = b.graph.insert(n);
    return {b.graph, root};
  }
}

template <class Op>
bool keeps_preconditions([[maybe_unused]] ramp::check::point const& at) {
  // what an operation that has no node of its own asks of its operands, laid out as in its case
  if constexpr (ramp::op::composite<Op> && requires(double const* x) { Op::in_domain(x); }) {
    for (std::size_t i = 0; i < 6; ++i) {
      double x[3] = {at[0][i], 0.0, 0.0};
      if (at.size() > 1) x[1] = at[1][i % 3];
      if (at.size() > 2) x[2] = at[2][i % 3 * 2 + i / 3];
      if (!Op::in_domain(x)) return false;
    }
  }
  return true;
}

/// Numbers inside the operation's domain and on none of its kinks. Ends the program if there are
/// none: an operation that is defined nowhere between -2 and 2 needs another range.
template <class Op>
ramp::check::point regular_point(ramp::xoshiro256& random) {
  auto const c = case_of<Op>();
  for (int attempt = 0; attempt < 100000; ++attempt) {
    auto at = random_point(c.g, random);
    strengthen_diagonal(c, at);
    if constexpr (std::is_same_v<Op, ramp::op::where>)  // both branches, and no number nearby
      for (std::size_t i = 0; i < at[0].size(); ++i) at[0][i] = i % 2 == 0 ? 0.0 : 1.0;
    auto const here = ramp::check::active_pieces(c.g, ramp::check::evaluate_at(c.g, at));
    if (here.in_domain && !here.on_kink && keeps_preconditions<Op>(at)) return at;
  }
  std::abort();
}

/// What the laws run over.
struct law_subject {
  std::string_view name;
  one_case (*make)(double tie_weight) = nullptr;
  ramp::check::point (*regular)(ramp::xoshiro256&) = nullptr;
};

/// Every operation that is no leaf, in the order of op::table, then the composites.
inline std::vector<law_subject> operations() {
  std::vector<law_subject> all;
  auto add = [&]<class... Ops>(ramp::op::operation_list<Ops...>) {
    auto one = [&]<class Op>(std::type_identity<Op>) {
      if constexpr (Op::kind != ramp::op::category::leaf)
        all.push_back({Op::name, &case_of<Op>, &regular_point<Op>});
    };
    (one(std::type_identity<Ops>{}), ...);
  };
  add(ramp::op::table{});
  add(ramp::op::composites{});
  return all;
}

}  // namespace laws
