// SPDX-License-Identifier: BSL-1.0
#pragma once

// Spellings in the operators of C++, for tests of rewriting.

#include <ramp/pass/rewrite.hpp>

#include "laws/graphs.hpp"

namespace laws {

namespace op = ramp::op;
namespace rewrites = ramp::pass::rewrites;

constexpr value relu(value x) { return x.combine<op::relu>(0.0); }
constexpr value abs(value x) { return x.combine<op::abs>(0.0); }
constexpr value exp(value x) { return x.combine<op::exp>(0.0); }
constexpr value log(value x) { return x.combine<op::log>(0.0); }
constexpr value sqrt(value x) { return x.combine<op::sqrt>(0.0); }
constexpr value sigmoid(value x) { return x.combine<op::sigmoid>(0.0); }
constexpr value softplus(value x) { return x.combine<op::softplus>(0.0); }
constexpr value tanh(value x) { return x.combine<op::tanh>(0.0); }
constexpr value erf(value x) { return x.combine<op::erf>(0.0); }
constexpr value erfc(value x) { return x.combine<op::erfc>(0.0); }
constexpr value expm1(value x) { return x.combine<op::expm1>(0.0); }
constexpr value log1p(value x) { return x.combine<op::log1p>(0.0); }
constexpr value sinh(value x) { return x.combine<op::sinh>(0.0); }
constexpr value cosh(value x) { return x.combine<op::cosh>(0.0); }
constexpr value asinh(value x) { return x.combine<op::asinh>(0.0); }
constexpr value acosh(value x) { return x.combine<op::acosh>(0.0); }
constexpr value atanh(value x) { return x.combine<op::atanh>(0.0); }
constexpr value logit(value x) { return x.combine<op::logit>(0.0); }
constexpr value log_two_cosh(value x) { return x.combine<op::log_two_cosh>(0.0); }
constexpr value xlogy(value x, value y) { return x.combine<op::xlogy>(0.0, y); }
constexpr value logaddexp(value x, value y) { return x.combine<op::logaddexp>(0.0, y); }
constexpr value leaky_relu(value x, double slope) {
  return x.combine<op::leaky_relu>(0.0, x.number(slope));
}
constexpr value max(value a, value b) { return a.combine<op::max>(0.0, b); }
constexpr value min(value a, value b) { return a.combine<op::min>(0.0, b); }
constexpr value max(value a, double b) { return max(a, a.number(b)); }
constexpr value max(double a, value b) { return max(b.number(a), b); }
constexpr value min(value a, double b) { return min(a, a.number(b)); }
constexpr value min(double a, value b) { return min(b.number(a), b); }
constexpr value pow(value a, double b) { return a.combine<op::pow>(0.0, a.number(b)); }
constexpr value where(value condition, value a, value b) {
  return condition.combine<op::where>(0.0, a, b);
}
constexpr value operator/(value a, double b) { return a / a.number(b); }
constexpr value operator/(double a, value b) { return b.number(a) / b; }
constexpr value operator+(double a, value b) { return b.number(a) + b; }
constexpr value operator+(value a, double b) { return a + a.number(b); }

constexpr value zero_unless_nan(value x) {
  return where(x.combine<op::equal>(0.0, x), x.number(0.0), x);
}

/// Three scalars as a vector.
constexpr value vector_of(value a, value b, value c) {
  value const ab = rewrites::concatenated(rewrites::stacked(a), rewrites::stacked(b));
  return rewrites::concatenated(ab, rewrites::stacked(c));
}
/// The second element of a vector of three.
constexpr value second(value v) {
  node n;
  n.operation = code<op::slice>;
  n.arity = 1;
  n.rank = 1;
  n.iteration = shape(1);
  n.operand[0] = v.index;
  n.attribute = {0, 1, 1};
  return ramp::ir::value_of(*v.owner, v.owner->insert(n));
}
/// An operation of the matrix [x, y; z, x].
template <class Op>
value of_matrix(value x, value y, value z) {
  value const all = rewrites::concatenated(vector_of(x, y, z), rewrites::stacked(x));
  node n;
  n.operation = code<op::reshape>;
  n.arity = 1;
  n.operand[0] = all.index;
  n.iteration = shape(2, 2);
  n.rank = 2;
  return ramp::ir::matrix_operation<Op>(ramp::ir::value_of(*x.owner, x.owner->insert(n)));
}
template <class Reduce>
constexpr value over_all(value x) {
  return ramp::ir::reduce_to<Reduce>(x, {}, 0);
}
constexpr value shifted(value x) {
  return x - over_all<op::reduce_max>(x).combine<op::stop_gradient>(0.0);
}
constexpr value softmax(value a) { return exp(a) / over_all<op::sum>(exp(a)); }
constexpr value log_softmax(value a) { return a - log(over_all<op::sum>(exp(a))); }
/// What log(sum(exp(a))) is rewritten to.
constexpr value stable_logsumexp(value a) {
  value const m = ramp::ir::reduce_to<op::reduce_max>(a, {}, 0, ramp::standard.value);
  value const d = m - m;
  value const shift =
      where(d.combine<op::equal>(0.0, d), m, m.number(0.0)).combine<op::stop_gradient>(0.0);
  return log(over_all<op::sum>(exp(a - shift))) + shift;
}

}  // namespace laws
