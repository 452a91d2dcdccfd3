// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <ramp/core/small_array.hpp>
#include <ramp/op/abs.hpp>
#include <ramp/op/acos.hpp>
#include <ramp/op/acosh.hpp>
#include <ramp/op/add.hpp>
#include <ramp/op/add_toward.hpp>
#include <ramp/op/argument.hpp>
#include <ramp/op/asin.hpp>
#include <ramp/op/asinh.hpp>
#include <ramp/op/atan.hpp>
#include <ramp/op/atan2.hpp>
#include <ramp/op/atanh.hpp>
#include <ramp/op/cbrt.hpp>
#include <ramp/op/ceil.hpp>
#include <ramp/op/celu.hpp>
#include <ramp/op/cholesky.hpp>
#include <ramp/op/clamp.hpp>
#include <ramp/op/cofactors.hpp>
#include <ramp/op/cofactors_along.hpp>
#include <ramp/op/concatenate.hpp>
#include <ramp/op/constant.hpp>
#include <ramp/op/contract.hpp>
#include <ramp/op/cos.hpp>
#include <ramp/op/cosh.hpp>
#include <ramp/op/cumulative_sum.hpp>
#include <ramp/op/defined.hpp>
#include <ramp/op/determinant.hpp>
#include <ramp/op/digamma.hpp>
#include <ramp/op/div.hpp>
#include <ramp/op/div_toward.hpp>
#include <ramp/op/elu.hpp>
#include <ramp/op/equal.hpp>
#include <ramp/op/erf.hpp>
#include <ramp/op/erfc.hpp>
#include <ramp/op/exp.hpp>
#include <ramp/op/exp2.hpp>
#include <ramp/op/expm1.hpp>
#include <ramp/op/floor.hpp>
#include <ramp/op/fma.hpp>
#include <ramp/op/fmod.hpp>
#include <ramp/op/fork.hpp>
#include <ramp/op/gate.hpp>
#include <ramp/op/gelu.hpp>
#include <ramp/op/gelu_tanh.hpp>
#include <ramp/op/hard_sigmoid.hpp>
#include <ramp/op/hard_swish.hpp>
#include <ramp/op/hard_tanh.hpp>
#include <ramp/op/hinge.hpp>
#include <ramp/op/huber.hpp>
#include <ramp/op/hypot.hpp>
#include <ramp/op/inverse.hpp>
#include <ramp/op/inverse_mills.hpp>
#include <ramp/op/iota.hpp>
#include <ramp/op/leaky_relu.hpp>
#include <ramp/op/less.hpp>
#include <ramp/op/less_equal.hpp>
#include <ramp/op/lgamma.hpp>
#include <ramp/op/log.hpp>
#include <ramp/op/log1p.hpp>
#include <ramp/op/log2.hpp>
#include <ramp/op/log_abs_determinant.hpp>
#include <ramp/op/log_determinant.hpp>
#include <ramp/op/log_normal_cdf.hpp>
#include <ramp/op/log_normal_pdf.hpp>
#include <ramp/op/log_sigmoid.hpp>
#include <ramp/op/log_two_cosh.hpp>
#include <ramp/op/logaddexp.hpp>
#include <ramp/op/logical_and.hpp>
#include <ramp/op/logical_not.hpp>
#include <ramp/op/logical_or.hpp>
#include <ramp/op/logit.hpp>
#include <ramp/op/max.hpp>
#include <ramp/op/min.hpp>
#include <ramp/op/mish.hpp>
#include <ramp/op/mul.hpp>
#include <ramp/op/mul_toward.hpp>
#include <ramp/op/neg.hpp>
#include <ramp/op/normal_cdf.hpp>
#include <ramp/op/normal_pdf.hpp>
#include <ramp/op/not_equal.hpp>
#include <ramp/op/output_gate.hpp>
#include <ramp/op/outward.hpp>
#include <ramp/op/pad.hpp>
#include <ramp/op/polygamma.hpp>
#include <ramp/op/pow.hpp>
#include <ramp/op/reduce_max.hpp>
#include <ramp/op/reduce_min.hpp>
#include <ramp/op/reduce_norm.hpp>
#include <ramp/op/reduce_product.hpp>
#include <ramp/op/relu.hpp>
#include <ramp/op/relu6.hpp>
#include <ramp/op/reshape.hpp>
#include <ramp/op/round.hpp>
#include <ramp/op/rsqrt.hpp>
#include <ramp/op/selu.hpp>
#include <ramp/op/share.hpp>
#include <ramp/op/sigmoid.hpp>
#include <ramp/op/sign.hpp>
#include <ramp/op/silu.hpp>
#include <ramp/op/sin.hpp>
#include <ramp/op/sinh.hpp>
#include <ramp/op/slice.hpp>
#include <ramp/op/softplus.hpp>
#include <ramp/op/softsign.hpp>
#include <ramp/op/solve.hpp>
#include <ramp/op/sqrt.hpp>
#include <ramp/op/square.hpp>
#include <ramp/op/stop_gradient.hpp>
#include <ramp/op/sub.hpp>
#include <ramp/op/sum.hpp>
#include <ramp/op/tan.hpp>
#include <ramp/op/tanh.hpp>
#include <ramp/op/threshold.hpp>
#include <ramp/op/triangular_solve.hpp>
#include <ramp/op/unit_component.hpp>
#include <ramp/op/view.hpp>
#include <ramp/op/where.hpp>
#include <ramp/op/xlogy.hpp>

// The one list of all operations. Long, because it includes each of them.

namespace ramp::op {

template <class... Ops>
struct operation_list {
  static constexpr int size = static_cast<int>(sizeof...(Ops));
};

template <class... A, class... B>
auto operator+(operation_list<A...>, operation_list<B...>) -> operation_list<A..., B...>;

namespace detail {

using leaves = operation_list<constant, argument, iota>;
using arithmetic = operation_list<add, sub, mul, neg, fma>;
/// What takes longer than reading the result from memory would.
using functions = operation_list<
    div, pow, exp, log, sqrt, sin, cos, tanh, sigmoid, softplus, erf,
    exp2, expm1, log2, log1p, cbrt, rsqrt, hypot, xlogy, logaddexp, log_two_cosh, logit,
    tan, asin, acos, atan, atan2, sinh, cosh, asinh, acosh, atanh,
    erfc, normal_pdf, normal_cdf, log_normal_cdf, inverse_mills, lgamma, digamma, polygamma,
    elu, softsign, fmod>;
using steps = operation_list<floor, ceil, round>;
using kinked_functions =
    operation_list<relu, leaky_relu, abs, max, min, clamp, relu6, hard_tanh, hard_swish>;
using conditions = operation_list<
    where, less, less_equal, equal, not_equal, logical_and, logical_or, logical_not>;
using parts_of_derivatives = operation_list<
    gate, output_gate, share, fork, sign, unit_component, stop_gradient, defined>;
using ends_of_intervals = operation_list<add_toward, mul_toward, div_toward, outward>;
using reductions =
    operation_list<sum, reduce_product, reduce_norm, reduce_max, reduce_min, contract>;
using scans = operation_list<cumulative_sum>;
using layouts = operation_list<view, reshape, slice, pad, concatenate>;
using matrices = operation_list<
    cholesky, triangular_solve, solve, inverse, determinant, log_determinant, log_abs_determinant,
    cofactors, cofactors_along>;  // the last two are what derivatives are made of

}  // namespace detail

/// Every operation there is. A new one is its own file and one name above; evaluation, passes, back
/// ends, text and the laws in tests/laws run over this list.
using table = decltype(detail::leaves{} + detail::arithmetic{} + detail::functions{} +
                       detail::steps{} + detail::kinked_functions{} + detail::conditions{} +
                       detail::parts_of_derivatives{} + detail::ends_of_intervals{} +
                       detail::reductions{} + detail::scans{} + detail::layouts{} +
                       detail::matrices{});

/// The operation of a graph node: its position in `table`.
enum class opcode : std::uint8_t {};

/// Composite operations: the laws run over these too. Each is its own file and one name here.
using composites = operation_list<
    square, log_normal_pdf,
    silu, gelu, gelu_tanh, mish, log_sigmoid, celu, selu, hard_sigmoid, threshold,
    huber, hinge>;

namespace detail {

/// Operations by number and numbers by operation: the compiler finds a base class, in one step.
template <int I, class Op>
struct entry {};
template <class Numbers, class... Ops>
struct numbered_list;
template <int... I, class... Ops>
struct numbered_list<std::integer_sequence<int, I...>, Ops...> : entry<I, Ops>... {};

template <class... Ops>
auto numbered(operation_list<Ops...>)
    -> numbered_list<std::make_integer_sequence<int, sizeof...(Ops)>, Ops...>;
using entries = decltype(numbered(table{}));
using composite_entries = decltype(numbered(composites{}));

template <class Op, int I>
constexpr int position(entry<I, Op> const*) {
  return I;
}
template <int I, class Op>
auto at(entry<I, Op> const*) -> std::type_identity<Op>;

struct facts {
  std::string_view name;
  category kind = category::leaf;
  notation text;
  std::uint8_t arity = 0;
  bool kinked = false;
  bool unstated_in[3] = {};  // see `unstated`
  bool attributed = false;
  bool follows_policy = false;
  matrix_form form{};  // of a matrix operation
};

template <class Op>
constexpr matrix_form form_of() {
  if constexpr (op::matrix_operation<Op>) return Op::form;
  else return {};
}

/// Whether a system has no known convention for some kink of an operation.
template <class Op>
constexpr bool lacks(double conventions::*system) {
  if constexpr (requires { Op::kinks; })
    for (conventions const& kink : Op::kinks)
      if (kink.*system != kink.*system) return true;
  return false;
}

/// PyTorch, JAX, TensorFlow.
template <class Op>
inline constexpr bool unstated[3] = {lacks<Op>(&conventions::pytorch), lacks<Op>(&conventions::jax),
                                     lacks<Op>(&conventions::tensorflow)};

template <class... Ops>
constexpr auto make_facts(operation_list<Ops...>) {
  return small_array<facts, sizeof...(Ops)>{
      {facts{Ops::name, Ops::kind, Ops::text, Ops::arity, op::kinked<Ops>,
             {unstated<Ops>[0], unstated<Ops>[1], unstated<Ops>[2]},
             op::attributed<Ops>, op::follows_policy<Ops>, form_of<Ops>()}...}};
}

inline constexpr auto all_facts = make_facts(table{});

}  // namespace detail

/// `code<op::exp>`: the opcode of an operation.
template <class Op>
inline constexpr opcode code = static_cast<opcode>(
    detail::position<Op>(static_cast<detail::entries const*>(nullptr)));

/// The operation type behind an opcode.
template <opcode Code>
using operation_at = typename decltype(detail::at<static_cast<int>(Code)>(
    static_cast<detail::entries const*>(nullptr)))::type;

/// What the operation states about itself, for code that has only an opcode.
constexpr detail::facts const& facts_of(opcode c) {
  return detail::all_facts.at[static_cast<int>(c)];
}

/// A number for every operation, those of nodes first, then the composites: for messages.
template <class Op>
constexpr int number_of() {
  if constexpr (Op::kind != category::composite) return static_cast<int>(code<Op>);
  else return table::size + detail::position<Op>(static_cast<detail::composite_entries*>(nullptr));
}
template <int Number>
constexpr auto operation_numbered() {
  if constexpr (Number < table::size)
    return std::type_identity<operation_at<static_cast<opcode>(Number)>>{};
  else
    return detail::at<Number - table::size>(static_cast<detail::composite_entries*>(nullptr));
}

/// Whether the policy asks for the conventions of a system that has none for this operation.
constexpr bool is_unstated(bool const (&in)[3], kink_policy policy) {
  return (policy.rule == kink_rule::pytorch && in[0]) ||
         (policy.rule == kink_rule::jax && in[1]) ||
         (policy.rule == kink_rule::tensorflow && in[2]);
}
constexpr bool is_unstated(opcode c, kink_policy policy) {
  return is_unstated(facts_of(c).unstated_in, policy);
}

constexpr bool is_elementwise(opcode c) { return facts_of(c).kind == category::elementwise; }
constexpr bool is_leaf(opcode c) { return facts_of(c).kind == category::leaf; }
constexpr bool is_matrix(opcode c) { return facts_of(c).kind == category::matrix; }
constexpr bool is_reduction(opcode c) { return facts_of(c).kind == category::reduction; }

/// Whether computing an elementwise operation again takes longer than reading its result would.
constexpr bool is_costly(opcode c) {
  int const place = static_cast<int>(c) - detail::leaves::size - detail::arithmetic::size;
  return place >= 0 && place < detail::functions::size;
}

/// Whether a node reads its operands whole and in their own dimensions, through no map.
constexpr bool reads_whole(opcode c) {
  category const kind = facts_of(c).kind;
  return kind == category::scan || (kind == category::layout && c != code<view>);
}
/// Whether a node that reads its operands whole works along the axis that is its first attribute.
constexpr bool is_along_axis(opcode c) { return reads_whole(c) && c != code<reshape>; }

}  // namespace ramp::op
