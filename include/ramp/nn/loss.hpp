// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/constant.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>

namespace ramp {
namespace detail {

/// Operands: logits, label. The one-hot vector is a comparison with 0, 1, 2 ... and a selection, so
/// that no memory holds it and an infinite logit of another class cannot spoil the sum.
struct cross_entropy_of {
  static constexpr shape result(shape const&, shape const&) { return {}; }
  static constexpr bool accepts(shape const& logits, shape const& label) {
    return logits.rank == 1 && label.rank == 0;
  }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    value const v = shifted(b, operands[0], 1u);
    value const classes = ir::value_of(b.graph, b.graph.iota(v.space[0]));
    value const hot = b.apply<op::equal>(classes, operands[1]);
    value const picked = b.fold<op::sum>(b.apply<op::where>(hot, v, b.number(0.0)), 1u);
    return b.apply<op::sub>(b.apply<op::log>(sum_of_exponentials(b, v, 1u)), picked);
  }
};

struct squared_error {
  static constexpr shape result(shape const&, shape const&) { return {}; }
  static constexpr bool accepts(shape const& a, shape const& b) { return shapes_agree(a, b); }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    value const error = b.apply<op::sub>(operands[0], operands[1]);
    value const square = b.apply<op::mul>(error, error);
    value const total = b.fold<op::sum>(square, (1u << error.space.rank) - 1u);
    return b.apply<op::mul>(total, b.number(1.0 / error.space.elements()));
  }
};

struct binary_cross_entropy_of {
  static constexpr shape result(shape const&, shape const&) { return {}; }
  static constexpr bool accepts(shape const& a, shape const& b) { return shapes_agree(a, b); }
  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    value const explained = b.apply<op::mul>(operands[0], operands[1]);
    value const each = b.apply<op::sub>(b.apply<op::softplus>(operands[0]), explained);
    value const total = b.fold<op::sum>(each, (1u << each.space.rank) - 1u);
    return b.apply<op::mul>(total, b.number(1.0 / each.space.elements()));
  }
};

template <class T>
inline constexpr int classes_of = 0;
template <fixed_string Name, int Classes>
inline constexpr int classes_of<leaf<Name, role_of_leaf::label, Classes>> = Classes;

template <class Logits, class Label, int LogitDimensions, int LabelDimensions>
inline constexpr bool are_logits_and_label = LogitDimensions == 1 && LabelDimensions == 0;
template <class Logits, class Label, int LogitCount, int Classes>
inline constexpr bool one_logit_per_class = LogitCount == Classes;

template <class Logits, class Label, int LogitDimensions, int LabelDimensions>
constexpr auto require_logits() {
  static_assert(are_logits_and_label<Logits, Label, LogitDimensions, LabelDimensions>,
                "ramp: cross_entropy(logits, label) takes a vector of logits and a class label, "
                "which is a number; the two numbers are the dimensions given. A model is written "
                "for one sample");
}
template <class Logits, class Label, int LogitCount, int Classes>
constexpr auto require_classes() {
  static_assert(one_logit_per_class<Logits, Label, LogitCount, Classes>,
                "ramp: cross_entropy(logits, label) needs one logit for each class; the two "
                "numbers are how many logits and how many classes there are");
}

}  // namespace detail

/// -log(softmax(logits)[label]), for logits [classes] and a label from 0 to classes - 1. Finite for
/// finite logits, unless two lie further apart than the largest number: no exponential overflows.
/// A `class_label` out of range is an error of the call. Any other number or expression that stands
/// for a label is not checked, and one that is no class, such as 1.5, has no logit: what is left is
/// log(sum(exp(logits - max(logits)))).
/// With an uncertain target use `-sum(hadamard(target, log_softmax(logits)))`.
template <operand Logits, class Label>
constexpr auto cross_entropy(Logits const& logits, Label const& label) {
  detail::require_operands<Label>();
  if constexpr (expression<Logits> && expression<Label>) {
    constexpr int rank = detail::rank_of<Logits>();
    detail::require_logits<Logits, Label, rank, detail::rank_of<Label>()>();
    if constexpr (rank == 1 && detail::classes_of<Label> > 0)
      detail::require_classes<Logits, Label, Logits::shape_of[0], detail::classes_of<Label>>();
  }
  return detail::call<detail::cross_entropy_of>(logits, label);
}

/// The mean over all elements of |prediction - target|; its kinks are those of abs.
template <operand Prediction, class Target>
constexpr auto mean_absolute_error(Prediction const& prediction, Target const& target) {
  return mean(abs(prediction - target));
}

/// Of each element x of an error: x^2 / 2 where |x| <= Delta, Delta (|x| - Delta / 2) beyond.
template <double Delta = 1.0, operand A>
constexpr auto huber(A const& error) {
  static_assert(Delta > 0.0, "ramp: huber<delta>(error) takes delta > 0");
  return detail::call<op::huber>(error, constant<Delta>);
}

/// relu(1 - margin), of each element; the margin is the score times the class, which is 1 or -1.
template <operand A>
constexpr auto hinge(A const& margin) {
  return detail::call<op::hinge>(margin);
}
template <operand A, subgradient_policy Policy>
constexpr auto hinge(A const& margin, Policy) {
  return detail::call<detail::under<op::hinge, Policy>>(margin);
}

/// The mean over all elements of (prediction - target)^2.
template <operand Prediction, class Target>
constexpr auto mean_squared_error(Prediction const& prediction, Target const& target) {
  detail::require_operands<Target>();
  detail::require_equal_shapes<Prediction, Target>();
  return detail::call<detail::squared_error>(prediction, target);
}

/// The mean over all elements of -(t log p + (1 - t) log(1 - p)) with p = sigmoid(logit), computed
/// as softplus(logit) - t * logit, which cannot overflow. Targets t are in [0, 1].
template <operand Logit, class Target>
constexpr auto binary_cross_entropy(Logit const& logit, Target const& target) {
  detail::require_operands<Target>();
  detail::require_equal_shapes<Logit, Target>();
  return detail::call<detail::binary_cross_entropy_of>(logit, target);
}

}  // namespace ramp
