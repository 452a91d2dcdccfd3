// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/ir/matrix_value.hpp>
#include <ramp/pass/product_of_others.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::opcode;
using ir::value;

/// How every node moves along each of some directions: at[d][i] is the derivative of node i along
/// direction d, or -1 where it does not move. Made by pass/directional.hpp.
struct tangents {
  list<list<int>> at;

  [[nodiscard]] constexpr std::size_t count() const { return at.size(); }
  [[nodiscard]] constexpr bool moves(std::size_t d, int i) const {
    return i < static_cast<int>(at[d].size()) && at[d][i] >= 0;  // a rule's constants are newer
  }
};

/// What a derivative rule in `op/` sees of the node that it differentiates. `g`, `x` and `y` live
/// in the node's iteration space; in rules of matrix operations that have a `push` they are
/// matrices of their own.
struct rule : ir::matrix_functions {
  graph* owner = nullptr;
  node const* at = nullptr;
  int k = 0;
  value g;
  small_array<value, ir::max_operands> x;
  value y;
  kink_policy policy;
  double attribute = 0.0;
  small_array<int, 3> attributes{};
  tangents const* along = nullptr;  // where directions decide at kinks
  list<int>* ties = nullptr;        // collects conditions: not 0 where directions leave a tie

  constexpr rule(graph& gr, node const& n, int index, kink_policy outer)
      : owner(&gr),
        at(&n),
        y{&gr, index, axis_map::identity(n.rank), n.iteration},
        policy(n.policy.or_else(outer)),
        attribute(n.value),
        attributes(n.attribute) {
    for (std::size_t i = 0; i < n.arity; ++i) x[i] = {&gr, n.operand[i], n.map[i], n.iteration};
  }

  [[nodiscard]] constexpr value none() const { return {}; }
  /// Of op::defined: whether the user's operation brings a rule along, and what that says.
  [[nodiscard]] constexpr bool has_own_rule() const { return attributes[0] > 0; }
  [[nodiscard]] constexpr value by_own_rule() const {
    rule own = *this;
    node arguments = *at;
    for (std::size_t i = 0; i < 2; ++i) {
      own.x[i] = x[i + 1];
      arguments.operand[i] = at->operand[i + 1];
    }
    own.at = &arguments;
    own.k = k - 1;
    return owner->rules[attributes[0] - 1](own);
  }
  [[nodiscard]] constexpr value constant(double v) const { return y.number(v); }
  [[nodiscard]] constexpr bool is_constant(int i) const {
    return owner->is_constant(at->operand[static_cast<std::size_t>(i)]);
  }

  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply(value const& first, Values const&... rest) const {
    return apply_with<Op>(0.0, first, rest...);
  }
  /// The same under a policy of its own, for a kink that cannot be reached.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply_under(kink_policy own, value const& first,
                                            Values const&... rest) const {
    return first.combine_under<Op>(own, 0.0, rest...);
  }
  /// The same for an operation whose node carries a number.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply_with(double number, value const& first,
                                           Values const&... rest) const {
    value made = first.combine<Op>(number, rest...);
    if (owner->is_constant(made.index)) made.space = at->iteration;
    return made;
  }

  /// Whether directions decide at the kinks of this node. A policy of its own is nearer.
  [[nodiscard]] constexpr bool is_directed() const {
    return along != nullptr && at->policy.rule == kink_rule::inherit;
  }

  /// How `v`, an operand, moves along direction d.
  [[nodiscard]] constexpr value tangent(std::size_t d, value const& v) const {
    if (!along->moves(d, v.index)) return constant(0.0);
    int const t = along->at[d][v.index];
    return {owner, t, (*owner)[t].rank == 0 ? axis_map{} : v.map, v.space};
  }

  /// A fold over the node's reduced dimensions, and a result of one repeated along them.
  template <class Reduction>
  [[nodiscard]] constexpr value folded(value const& v) const {
    return ir::reduce_to<Reduction>(v, axis_map::identity(at->rank), at->rank);
  }
  [[nodiscard]] constexpr value repeated(value const& v) const {
    return ir::widened(v, at->iteration);
  }
  [[nodiscard]] constexpr value per_result(value v) const {
    v.space = at->result_shape();
    return v;
  }

  /// The scale of log-sum-exp at which a kink turns within the width of the policy.
  [[nodiscard]] constexpr double temperature() const { return policy.s / 4.0; }

 private:
  // before what calls them: clang has to see the definition of a template that it evaluates
  [[nodiscard]] constexpr value is_zero(value const& v) const {
    return v.combine<op::equal>(0.0, constant(0.0));
  }
  /// Of candidate(0), candidate(1) ... the first for which decides(d) is not 0, else the last;
  /// absent where none of the operands `of` moves, or where directions do not decide.
  template <class Candidate, class Decides, class... Operands>
  [[nodiscard]] constexpr value first_along(Candidate candidate, Decides decides,
                                            Operands const&... of) const {
    value result;
    if (!is_directed()) return result;
    for (std::size_t d = along->count(); d-- > 0;) {
      if (!(along->moves(d, of.index) || ...)) continue;
      value const chosen = candidate(d);
      result = result.absent() ? chosen : apply<op::where>(decides(d), chosen, result);
    }
    return result;
  }
  /// Tells the collector of ties which elements no direction has decided; operands that do not move
  /// have no tie that matters.
  template <class Condition, class... Operands>
  constexpr void report(Condition condition, Operands const&... of) const {
    if (ties == nullptr) return;
    bool moves = false;
    for (std::size_t d = 0; d < along->count(); ++d)
      moves = moves || (along->moves(d, of.index) || ...);
    if (moves) ties->push_back(ir::materialized(condition()));
  }

 public:
  /// `v`, an operand, as its sign decides at a kink: where it is 0, the first of its derivatives
  /// along the directions that is not 0 stands for it.
  [[nodiscard]] constexpr value settled(value const& v) const {
    value const sign = sided(v);
    report([&] { return is_zero(sign); }, v);
    return sign;
  }
  /// The same of an operand that may be 0 without being on a kink: no tie is reported.
  [[nodiscard]] constexpr value sided(value const& v) const {
    auto const tangent_of = [&](std::size_t d) { return tangent(d, v); };
    value const moved = first_along(tangent_of, tangent_of, v);
    return moved.absent() ? v : apply<op::where>(v, v, moved);
  }

  struct pair {
    value a, b;
  };
  /// The same for a comparison of two operands: where they are equal, the first difference of their
  /// derivatives that is not 0, and 0, stand for them.
  [[nodiscard]] constexpr pair settled(value const& a, value const& b) const {
    auto const lead_of = [&](std::size_t d) { return tangent(d, a) - tangent(d, b); };
    value const lead = first_along(lead_of, lead_of, a, b);
    pair sides{a, b};
    if (!lead.absent()) {
      value const tie = apply<op::equal>(a, b);
      sides = {apply<op::where>(tie, lead, a), apply<op::where>(tie, constant(0.0), b)};
    }
    report([&] { return apply<op::equal>(sides.a, sides.b); }, a, b);
    return sides;
  }

  /// Two operands as a vector whose direction decides where both are 0: there their derivatives
  /// stand for them, along the first direction along which not both are 0.
  [[nodiscard]] constexpr pair settled_vector(value const& a, value const& b) const {
    auto const moves = [&](std::size_t d) {
      return apply<op::logical_or>(tangent(d, a), tangent(d, b));
    };
    auto const stand_in = [&](value const& v) {
      value const moved = first_along([&](std::size_t d) { return tangent(d, v); }, moves, a, b);
      return moved.absent() ? v : apply<op::where>(apply<op::logical_or>(a, b), v, moved);
    };
    pair const stand_ins{stand_in(a), stand_in(b)};
    report([&] { return is_zero(apply<op::logical_or>(stand_ins.a, stand_ins.b)); }, a, b);
    return stand_ins;
  }
  /// The same for the operand of a reduction, a vector along the reduced dimensions.
  [[nodiscard]] constexpr value settled_vector(value const& v) const {
    auto const size = [&](value const& u) { return folded<op::reduce_max>(apply<op::abs>(u)); };
    auto const tangent_of = [&](std::size_t d) { return tangent(d, v); };
    value const moved =
        first_along(tangent_of, [&](std::size_t d) { return repeated(size(tangent_of(d))); }, v);
    value const result = moved.absent() ? v : apply<op::where>(repeated(size(v)), v, moved);
    report([&] { return is_zero(size(result)); }, v);
    return result;
  }

  /// Of the elements of a reduction's operand that tie for the extreme value (`tied` is not 0),
  /// those whose derivatives are extreme as well, direction by direction.
  template <class Extreme>
  [[nodiscard]] constexpr value settled_extreme(value const& tied) const {
    value const& v = x[0];
    value winners = tied;
    for (std::size_t d = 0; is_directed() && d < along->count(); ++d) {
      if (!along->moves(d, v.index)) continue;
      value const t = tangent(d, v);
      value const outside = constant(Extreme::template identity<double>);
      value const best = repeated(folded<Extreme>(apply<op::where>(winners, t, outside)));
      winners = apply<op::logical_and>(winners, apply<op::equal>(t, best));
    }
    report([&] { return constant(1.0).combine<op::less>(0.0, folded<op::sum>(winners)); }, v);
    return winners;
  }

  /// Sum over the node's reduced dimensions, repeated along them again.
  [[nodiscard]] constexpr value sum_over_reduced(value const& v) const {
    return repeated(folded<op::sum>(v));
  }

  /// For each element along the node's reduced dimensions the product of the others.
  [[nodiscard]] constexpr value product_of_others(value const& v) const {
    return detail::product_of_others(v, at->rank);
  }

  // for matrix rules: rows of the first operand, and the product of a column and a row
  [[nodiscard]] constexpr int rows() const { return ir::square_extent(*at); }
  [[nodiscard]] constexpr value outer(value const& a, value const& b) const {
    return ir::outer_product(a, b, ir::batch_rank(*at));
  }

  // for layout rules and scans: shape of operand k, and the adjoint moved back
  [[nodiscard]] constexpr shape operand_shape() const {
    return (*owner)[at->operand[static_cast<std::size_t>(k)]].result_shape();
  }
  [[nodiscard]] constexpr value reshaped(value const& v, shape const& s) const {
    return moved(code<op::reshape>, v, {}, s);
  }
  [[nodiscard]] constexpr value padded(value const& v, int axis, int first, int step,
                                       shape const& s) const {
    return moved(code<op::pad>, v, {axis, first, step}, s);
  }
  [[nodiscard]] constexpr value sliced(value const& v, int axis, int first, int step,
                                       shape const& s) const {
    return moved(code<op::slice>, v, {axis, first, step}, s);
  }
  template <class Scan>
  [[nodiscard]] constexpr value scanned(value const& v, int axis, int step) const {
    return moved(code<Scan>, v, {axis, 0, step}, v.space);
  }

 private:
  [[nodiscard]] constexpr value moved(opcode operation, value const& v,
                                      small_array<int, 3> const& how, shape const& s) const {
    if (v.absent()) return v;
    node n;
    n.operation = operation;
    n.arity = 1;
    n.rank = s.rank;
    n.iteration = s;
    n.operand[0] = ir::full(v);
    n.attribute = how;
    return ir::value_of(*owner, owner->insert(n));
  }
};

}  // namespace ramp::pass
