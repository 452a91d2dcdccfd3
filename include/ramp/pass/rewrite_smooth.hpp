// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules for smooth functions: one that is made for a formula in the place of one that rounds,
// overflows or cancels. Long, because it is one list: a rule is looked for here, and only here.

#include <bit>
#include <cstdint>
#include <utility>

#include <ramp/pass/rewrite_pattern.hpp>

namespace ramp::pass::rewrites {

/// abs(a) * abs(a) -> a * a.
constexpr value product_of_abs(value const& v) {
  value const x = operand(v, 0);
  if (!is<op::abs>(x) || !same(x, operand(v, 1))) return {};
  value const a = operand(x, 0);
  return make<op::mul>(a, a);
}

/// a / c -> a * (1 / c) for a power of two c: the same number, and products of constants meet.
constexpr value divided_by_power_of_two(value const& v) {
  value const c = operand(v, 1);
  if (!is<op::constant>(c)) return {};
  double const inverse = 1.0 / node_of(c).value;
  bool const is_exact = std::bit_cast<std::uint64_t>(node_of(c).value) << 12 == 0 &&
                        std::bit_cast<std::uint64_t>(inverse) << 12 == 0 && inverse != 0.0 &&
                        inverse - inverse == 0.0;
  return is_exact ? make<op::mul>(operand(v, 0), c.number(inverse)) : value{};
}

/// sqrt(a * a) -> abs(a).
constexpr value sqrt_of_square(value const& v) {
  value const a = operand(v, 0);
  if (!is<op::mul>(a) || !same(operand(a, 0), operand(a, 1))) return {};
  return make<op::abs>(policy_of(v), operand(a, 0));
}

/// The number 1 in the space of `v`.
constexpr value one_in(value const& v) {
  value one = v.number(1.0);
  one.space = v.space;
  return one;
}

/// pow(x, -1) -> 1 / x, pow(x, 0.5) -> sqrt(x). Exponents 0, 1 and 2 are canonical form; others
/// stay, for a product of three or more numbers rounds more often than pow does.
constexpr value power(value const& v) {
  value const x = operand(v, 0);
  value const y = operand(v, 1);
  if (is_number(y, 0.5)) return make<op::sqrt>(x);
  return is_number(y, -1.0) ? make<op::div>(one_in(v), x) : value{};
}

// ---- exponentials and logarithms ----------------------------------------------------------------

/// What 1 is added to in `v`, or absent.
constexpr value one_plus(value const& v) { return is<op::add>(v) ? beside(v, 1.0) : value{}; }

/// The a of exp(a) and exp(-a), in this order, or absent.
constexpr value inverse_exponentials(value const& e, value const& f) {
  if (!is<op::exp>(e) || !is<op::exp>(f)) return {};
  value const a = operand(e, 0);
  return opposite(a, operand(f, 0)) ? a : value{};
}

/// 1 / exp(a) -> exp(-a), 1 / (1 + exp(a)) -> sigmoid(-a), exp(a) / (1 + exp(a)) -> sigmoid(a).
constexpr value quotient_of_exponentials(value const& v) {
  value const above = operand(v, 0);
  value const below = operand(v, 1);
  bool const is_inverse = is_number(above, 1.0);
  if (is_inverse && is<op::exp>(below)) return make<op::exp>(make<op::neg>(operand(below, 0)));
  value const e = one_plus(below);
  if (e.absent() || !is<op::exp>(e)) return {};
  if (is_inverse) return make<op::sigmoid>(make<op::neg>(operand(e, 0)));
  return same(above, e) ? make<op::sigmoid>(operand(e, 0)) : value{};
}

/// (exp(a) - exp(-a)) / (exp(a) + exp(-a)) -> tanh(a), expm1(a) / (exp(a) + 1) -> tanh(a / 2).
constexpr value tanh_of_exponentials(value const& v) {
  value const above = operand(v, 0);
  value const below = operand(v, 1);
  if (!is<op::add>(below)) return {};
  value const e = operand(below, 0);
  value const f = operand(below, 1);
  if (is<op::expm1>(above)) {
    value const x = one_plus(below);
    value const a = operand(above, 0);
    bool const fits = !x.absent() && is<op::exp>(x) && same(operand(x, 0), a);
    return fits ? make<op::tanh>(times(a, 0.5)) : value{};
  }
  if (!is<op::sub>(above)) return {};
  value const x = operand(above, 0);
  value const y = operand(above, 1);
  value const a = inverse_exponentials(x, y);
  bool const fits = (same(x, e) && same(y, f)) || (same(x, f) && same(y, e));
  return fits && !a.absent() ? make<op::tanh>(a) : value{};
}

/// 0.5 * (exp(a) - exp(-a)) -> sinh(a), 0.5 * (exp(a) + exp(-a)) -> cosh(a),
/// 0.5 * log((1 + a) / (1 - a)) -> atanh(a).
constexpr value half_of_exponentials(value const& v) {
  if (!is_number(operand(v, 1), 0.5)) return {};
  value const x = operand(v, 0);
  if (is<op::log>(x)) {
    value const q = operand(x, 0);
    if (!is<op::div>(q)) return {};
    value const a = one_plus(operand(q, 0));
    value const below = operand(q, 1);
    bool const fits = !a.absent() && is<op::sub>(below) && is_number(operand(below, 0), 1.0) &&
                      same(operand(below, 1), a);
    return fits ? make<op::atanh>(a) : value{};
  }
  if (!is<op::add>(x) && !is<op::sub>(x)) return {};
  value const a = inverse_exponentials(operand(x, 0), operand(x, 1));
  if (a.absent()) return a;
  return is<op::add>(x) ? make<op::cosh>(a) : make<op::sinh>(a);
}

/// 1 - sigmoid(a) -> sigmoid(-a), 1 - erf(a) -> erfc(a), 1 - erfc(a) -> erf(a),
/// 1 - exp(a) -> -expm1(a), exp(a) - 1 -> expm1(a), 2 * sigmoid(a) - 1 -> tanh(a / 2).
constexpr value difference_from_one(value const& v) {
  value const x = operand(v, 0);
  value const y = operand(v, 1);
  if (is_number(x, 1.0)) {
    if (is<op::sigmoid>(y)) return make<op::sigmoid>(make<op::neg>(operand(y, 0)));
    if (is<op::erf>(y)) return make<op::erfc>(operand(y, 0));
    if (is<op::erfc>(y)) return make<op::erf>(operand(y, 0));
    return is<op::exp>(y) ? make<op::neg>(make<op::expm1>(operand(y, 0))) : value{};
  }
  if (!is_number(y, 1.0)) return {};
  if (is<op::exp>(x)) return make<op::expm1>(operand(x, 0));
  bool const is_twice_sigmoid =
      is<op::mul>(x) && is_number(operand(x, 1), 2.0) && is<op::sigmoid>(operand(x, 0));
  return is_twice_sigmoid ? make<op::tanh>(times(operand(operand(x, 0), 0), 0.5)) : value{};
}

/// 1 + erf(a) -> erfc(-a), exp(a) + -1 -> expm1(a).
constexpr value sum_with_one(value const& v) {
  value const x = beside(v, 1.0);
  if (!x.absent()) return is<op::erf>(x) ? make<op::erfc>(make<op::neg>(operand(x, 0))) : value{};
  value const e = beside(v, -1.0);
  return !e.absent() && is<op::exp>(e) ? make<op::expm1>(operand(e, 0)) : value{};
}

/// softplus(-a) + a -> softplus(a), softplus(a) - a -> softplus(-a), a - softplus(a) ->
/// -softplus(-a).
constexpr value softplus_and_operand(value const& v) {
  value s = operand(v, 0);
  value a = operand(v, 1);
  bool const is_first = is<op::softplus>(s);
  if (!is_first) std::swap(s, a);
  if (!is<op::softplus>(s)) return {};
  value const x = operand(s, 0);
  if (is<op::add>(v)) return opposite(x, a) ? make<op::softplus>(a) : value{};
  if (!same(x, a)) return {};
  value const rest = make<op::softplus>(make<op::neg>(a));
  return is_first ? rest : make<op::neg>(rest);
}

/// a * log(a) -> xlogy(a, a), which is 0 at 0.
constexpr value product_with_log(value const& v) {
  for (std::size_t k = 0; k < 2; ++k) {
    value const a = operand(v, k);
    value const l = operand(v, 1 - k);
    if (is<op::log>(l) && same(operand(l, 0), a)) return make<op::xlogy>(a, a);
  }
  return {};
}

/// log(exp(a)) -> a. The other way round stays: exp(log(a)) is NaN where a < 0.
/// log(sigmoid(a)) -> -softplus(-a), log(sqrt(a)) -> 0.5 * log(a), log(a * a) -> 2 * log(abs(a)),
/// whose kink no policy has a say in: the logarithm has no value there.
constexpr value log_of_function(value const& v) {
  value const x = operand(v, 0);
  if (is<op::exp>(x)) return operand(x, 0);
  if (is<op::sigmoid>(x)) return make<op::neg>(make<op::softplus>(make<op::neg>(operand(x, 0))));
  if (is<op::sqrt>(x)) return times(make<op::log>(operand(x, 0)), 0.5);
  if (!is<op::mul>(x) || !same(operand(x, 0), operand(x, 1))) return {};
  return times(make<op::log>(make<op::abs>(standard.value, operand(x, 0))), 2.0);
}

/// log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a), log(1 - a) -> log1p(-a),
/// log(exp(a) + exp(b)) -> logaddexp(a, b), log(exp(a) + exp(-a)) -> log_two_cosh(a),
/// log(a + sqrt(a * a + 1)) -> asinh(a), log(a + sqrt(a * a - 1)) -> acosh(a).
constexpr value log_of_sum(value const& v) {
  value const sum = operand(v, 0);
  bool const is_sum = is<op::add>(sum);
  if (!is_sum && !is<op::sub>(sum)) return {};
  value a = operand(sum, 0);
  value b = operand(sum, 1);
  if (!is_sum)  // from 1
    return is_number(a, 1.0) ? make<op::log1p>(make<op::neg>(b)) : value{};
  if (value const x = beside(sum, 1.0); !x.absent())
    return is<op::exp>(x) ? make<op::softplus>(operand(x, 0)) : make<op::log1p>(x);
  if (is<op::exp>(a) && is<op::exp>(b)) {
    value const x = inverse_exponentials(a, b);
    return x.absent() ? make<op::logaddexp>(operand(a, 0), operand(b, 0))
                      : make<op::log_two_cosh>(x);
  }
  if (!is<op::sqrt>(b)) std::swap(a, b);
  if (!is<op::sqrt>(b)) return {};
  value const inside = operand(b, 0);
  bool const is_plus = is<op::add>(inside);
  value const square = is_plus               ? beside(inside, 1.0)
                       : is<op::sub>(inside) ? operand(inside, 0)
                                             : value{};
  if (square.absent() || (!is_plus && !is_number(operand(inside, 1), 1.0))) return {};
  if (!is<op::mul>(square) || !same(operand(square, 0), a) || !same(operand(square, 1), a))
    return {};
  return is_plus ? make<op::asinh>(a) : make<op::acosh>(a);
}

/// log(a / (1 - a)) -> logit(a).
constexpr value log_of_odds(value const& v) {
  value const q = operand(v, 0);
  if (!is<op::div>(q)) return {};
  value const a = operand(q, 0);
  value const rest = operand(q, 1);
  bool const fits =
      is<op::sub>(rest) && is_number(operand(rest, 0), 1.0) && same(operand(rest, 1), a);
  return fits ? make<op::logit>(a) : value{};
}

/// The determinant `d` as another operation of the same matrices.
template <class Op>
constexpr value instead_of_determinant(value const& d) {
  node n = node_of(d);
  n.operation = code<Op>;
  return {d.owner, d.owner->insert(n), d.map, d.space};
}

/// log(determinant(a)) -> log_determinant(a), and log(abs(determinant(a))) with
/// log_abs_determinant(a): the determinant itself over- and underflows soon.
constexpr value log_of_determinant(value const& v) {
  value const d = operand(v, 0);
  if (is<op::determinant>(d)) return instead_of_determinant<op::log_determinant>(d);
  if (!is<op::abs>(d) || !is<op::determinant>(operand(d, 0))) return {};
  return instead_of_determinant<op::log_abs_determinant>(operand(d, 0));
}

// ---- softmax ------------------------------------------------------------------------------------

/// Whether a value is x - max(x), the maximum under stop_gradient or not, or only where it is
/// finite: the exponential is at most 1.
constexpr bool is_shifted(value const& a) {
  if (!is<op::sub>(a)) return false;
  value largest = operand(a, 1);
  if (is<op::stop_gradient>(largest)) largest = operand(largest, 0);
  if (is<op::where>(largest)) largest = operand(largest, 1);
  return is<op::reduce_max>(largest) && node_of(largest).operand[0] == operand(a, 0).index;
}

/// log(exp(a) / sum(exp(a))) -> a - log(sum(exp(a))) where a = x - max(x): the logarithm of a
/// softmax that cannot overflow. For any other a the difference could cancel where the quotient is
/// accurate.
constexpr value log_of_softmax(value const& v) {
  value const quotient = operand(v, 0);
  if (!is<op::div>(quotient)) return {};
  value const e = operand(quotient, 0);
  value const b = operand(quotient, 1);
  if (!is<op::exp>(e) || !is<op::sum>(b) || node_of(b).operand[0] != e.index) return {};
  value const a = operand(e, 0);
  return is_shifted(a) ? make<op::sub>(a, make<op::log>(b)) : value{};
}

/// log(sum(exp(a))) -> m + log(sum(exp(a - m))) where m = max(a), or 0 where that is not finite: a
/// constant to the derivative, in which it cancels, so that its kinks are nobody's. Not where a is
/// x - max(x) already.
constexpr value log_of_sum_of_exp(value const& v) {
  value const s = operand(v, 0);
  if (!is<op::sum>(s)) return {};
  graph& g = *v.owner;
  node n = node_of(s);
  value const e = ir::value_of(g, n.operand[0]);
  if (!is<op::exp>(e)) return {};
  value const a = operand(e, 0);
  if (is_shifted(a)) return {};
  axis_map kept;  // where the dimensions of the sum are among those of exp(a)
  for (int d = 0; d < n.rank; ++d) {
    int from = 0;
    while (from < e.space.rank && n.map[0][from] != d) ++from;
    if (from == e.space.rank) return {};
    kept.set(d, from);
  }
  axis_map const summed = n.map[0];
  n.operation = code<op::reduce_max>;
  n.policy = standard.value;
  n.operand[0] = a.index;
  n.map[0] = summed.after(a.map, g[a.index].rank);
  value const largest = ir::value_of(g, g.insert(n));
  value const zero_or_nan = make<op::sub>(largest, largest);
  value const is_finite = make<op::equal>(zero_or_nan, zero_or_nan);
  value m = make<op::where>(is_finite, largest, largest.number(0.0));
  m = make<op::stop_gradient>(m);
  auto m_in = [&](axis_map map, shape const& space) {
    return value{&g, m.index, map.after(m.map, g[m.index].rank), space};
  };
  value const terms = make<op::exp>(make<op::sub>(a, m_in(kept, e.space)));
  n.operation = code<op::sum>;
  n.policy = {};
  n.operand[0] = terms.index;
  n.map[0] = summed.after(terms.map, g[terms.index].rank);
  value const total{&g, g.insert(n), s.map, s.space};
  return make<op::add>(make<op::log>(total), m_in(s.map, s.space));
}

}  // namespace ramp::pass::rewrites

// which defines what the rules call
#include <ramp/pass/rewrite_rules.hpp>
