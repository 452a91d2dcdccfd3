// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules of pass/rewrite.hpp. Longer than most headers: all rules and the list of them are one
// page, so that none is without its list entry.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <ramp/pass/rewrite_pattern.hpp>

namespace ramp::pass {

/// Where the two sides of a rewrite differ in IEEE arithmetic although they are equal over the
/// reals. Everywhere else they agree, up to rounding where `rounding` is set.
enum class difference : std::uint8_t {
  none = 0,
  zero_sign = 1,  ///< a zero may have the other sign
  rounding = 2,   ///< the result is rounded at other places; it is no less accurate
  range = 4,      ///< an intermediate result overflowed, underflowed or was absorbed, not so now
  infinity = 8    ///< an infinite operand gave NaN, and gives the limit now
};
constexpr difference operator|(difference a, difference b) {
  return static_cast<difference>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr bool includes(difference all, difference one) {
  return (static_cast<int>(all) & static_cast<int>(one)) != 0;
}

/// The rules: each takes a value whose node is in canonical form and returns what stands in its
/// place, or the absent value where it does not apply. A rule looks at operands through their maps
/// and fires only where those are equal. If the kinked nodes of a pattern do not all have the same
/// policy, one of them was chosen for its derivative and no rule may take it away.
namespace rewrites {

// ---- max and min --------------------------------------------------------------------------------

/// max(x, 0), max(0, x) -> relu(x). Against any other constant max stays: c + relu(x - c) would
/// round; its tie is that of relu all the same (op/max.hpp).
constexpr value max_with_zero(value const& v) {
  value const x = beside(v, 0.0);
  return x.absent() ? x : make<op::relu>(policy_of(v), x);
}

/// min(x, 0), min(0, x) -> -relu(-x).
constexpr value min_with_zero(value const& v) {
  value const x = beside(v, 0.0);
  return x.absent() ? x : make<op::neg>(make<op::relu>(policy_of(v), make<op::neg>(x)));
}

/// max(a, -a) -> abs(a).
constexpr value max_of_opposites(value const& v) {
  value const a = operand(v, 0);
  if (!opposite(a, operand(v, 1))) return {};
  return make<op::abs>(policy_of(v), a);
}

/// min(a, -a) -> -abs(a).
constexpr value min_of_opposites(value const& v) {
  value const a = operand(v, 0);
  if (!opposite(a, operand(v, 1))) return {};
  return make<op::neg>(make<op::abs>(policy_of(v), a));
}

/// `v` with a dimension of extent 1 before its own.
constexpr value stacked(value const& v) {
  node n;
  n.operation = code<op::reshape>;
  n.arity = 1;
  n.operand[0] = ir::full(v);
  n.rank = n.iteration.rank = v.space.rank + 1;
  n.iteration[0] = 1;
  for (int d = 0; d < v.space.rank; ++d) n.iteration[d + 1] = v.space[d];
  return ir::value_of(*v.owner, v.owner->insert(n));
}

/// One stack after the other.
constexpr value concatenated(value const& a, value const& b) {
  node n;
  n.operation = code<op::concatenate>;
  n.arity = 2;
  n.operand = {a.index, b.index, -1};
  n.iteration = a.space;
  n.rank = a.space.rank;
  n.attribute = {0, a.space[0]};
  n.iteration[0] += b.space[0];
  return ir::value_of(*a.owner, a.owner->insert(n));
}

/// The stack whose maximum `v` is, if it is one over a first dimension of its own.
template <class Reduce>
constexpr value stack_of(value const& v) {
  node const& n = node_of(v);
  if (!n.is(code<Reduce>) || n.reduced() != 1 || n.rank != v.space.rank ||
      v.map != axis_map::identity(n.rank))
    return {};
  value const source = ir::value_of(*v.owner, n.operand[0]);
  if (source.space.rank != n.iteration.rank || n.map[0][0] != n.rank) return {};
  for (int d = 1; d < source.space.rank; ++d)
    if (n.map[0][d] != d - 1) return {};
  return source;
}

template <class Binary, class Reduce>
constexpr value flattened(value const& v) {
  std::array<value, 2> const sides{operand(v, 0), operand(v, 1)};
  auto is_pair = [&](value const& x) {
    return is<Binary>(x) && policy_of(x) == policy_of(v) && !is<op::constant>(operand(x, 0)) &&
           !is<op::constant>(operand(x, 1));
  };
  bool nested = false;
  for (value const& x : sides) {
    if (is<op::constant>(x)) return {};
    nested = nested || is_pair(x) || !stack_of<Reduce>(x).absent();
  }
  if (!nested || v.space.rank > max_rank) return {};
  std::array<value, 2> stacks;
  for (std::size_t k = 0; k < 2; ++k) {
    value const& x = sides[k];
    stacks[k] = stack_of<Reduce>(x);
    if (is_pair(x)) stacks[k] = concatenated(stacked(operand(x, 0)), stacked(operand(x, 1)));
    if (stacks[k].absent()) stacks[k] = stacked(x);
  }
  axis_map kept;
  for (int d = 0; d < v.space.rank; ++d) kept.set(d, d + 1);
  return ir::reduce_to<Reduce>(concatenated(stacks[0], stacks[1]), kept, v.space.rank);
}

/// max(max(a, b), c) -> the maximum over a stack of all: k that tie share the derivative evenly,
/// which no nesting of shares of two could do. Not where one is a constant: the tie is relu's then.
constexpr value nested_max(value const& v) { return flattened<op::max, op::reduce_max>(v); }

/// The same for min.
constexpr value nested_min(value const& v) { return flattened<op::min, op::reduce_min>(v); }

// ---- relu and abs -------------------------------------------------------------------------------

/// relu(relu(a)) -> relu(a).
constexpr value relu_of_relu(value const& v) {
  value const a = operand(v, 0);
  return is<op::relu>(a) && policy_of(a) == policy_of(v) ? a : value{};
}

/// relu(-relu(a)) -> 0, and NaN where a is NaN. No policy but 0 gets its derivative right
/// otherwise.
constexpr value relu_of_negative_relu(value const& v) {
  value const n = operand(v, 0);
  if (!is<op::neg>(n)) return {};
  value const r = operand(n, 0);
  if (!is<op::relu>(r) || policy_of(r) != policy_of(v)) return {};
  value const a = operand(r, 0);
  return make<op::where>(make<op::equal>(a, a), a.number(0.0), a);
}

/// abs(-a) -> abs(a).
constexpr value abs_of_negative(value const& v) {
  value const a = operand(v, 0);
  return is<op::neg>(a) ? make<op::abs>(policy_of(v), operand(a, 0)) : value{};
}

/// abs(abs(a)) -> abs(a).
constexpr value abs_of_abs(value const& v) {
  value const a = operand(v, 0);
  return is<op::abs>(a) && policy_of(a) == policy_of(v) ? a : value{};
}

constexpr bool opposite_relus(value const& a, value const& b) {
  return is<op::relu>(a) && is<op::relu>(b) && policy_of(a) == policy_of(b) &&
         opposite(operand(a, 0), operand(b, 0));
}

/// relu(a) - relu(-a) -> a.
constexpr value difference_of_relus(value const& v) {
  value const a = operand(v, 0);
  return opposite_relus(a, operand(v, 1)) ? operand(a, 0) : value{};
}

/// -relu(a) + relu(-a) -> -a. (relu(-a) + -relu(a) is a difference by its canonical form.)
constexpr value negative_relu_and_relu(value const& v) {
  value const a = operand(v, 0);
  if (!is<op::neg>(a) || !opposite_relus(operand(a, 0), operand(v, 1))) return {};
  return operand(operand(v, 1), 0);
}

/// relu(a) + relu(-a) -> abs(a).
constexpr value sum_of_relus(value const& v) {
  value const a = operand(v, 0);
  if (!opposite_relus(a, operand(v, 1))) return {};
  return make<op::abs>(policy_of(a), operand(a, 0));
}

/// max(a, b) + min(a, b) -> a + b, in any order.
constexpr value max_and_min(value const& v) {
  value a = operand(v, 0);
  value b = operand(v, 1);
  if (!is<op::max>(a)) std::swap(a, b);
  if (!is<op::max>(a) || !is<op::min>(b) || policy_of(a) != policy_of(b)) return {};
  value const x = operand(a, 0);
  value const y = operand(a, 1);
  bool const straight = same(x, operand(b, 0)) && same(y, operand(b, 1));
  bool const crossed = same(x, operand(b, 1)) && same(y, operand(b, 0));
  return straight || crossed ? make<op::add>(x, y) : value{};
}

/// (a + abs(a)) / 2 -> relu(a), of the sum alone.
constexpr value half_of(value const& v) {
  if (is<op::add>(v)) {
    value a = operand(v, 0);
    value b = operand(v, 1);
    if (!is<op::abs>(b)) std::swap(a, b);
    if (!is<op::abs>(b)) return {};
    value const x = operand(b, 0);
    return same(a, x) || opposite(a, x) ? make<op::relu>(policy_of(b), a) : value{};
  }
  if (is<op::sub>(v) && is<op::abs>(operand(v, 0))) {  // abs(a) - a
    value const b = operand(v, 0);
    value const a = operand(v, 1);
    value const x = operand(b, 0);
    if (same(a, x) || opposite(a, x)) return make<op::relu>(policy_of(b), make<op::neg>(a));
  }
  return {};
}

/// 0.5 * (a + abs(a)) -> relu(a), also abs(a) - a with relu(-a).
constexpr value half_times(value const& v) {
  return is_number(operand(v, 1), 0.5) ? half_of(operand(v, 0)) : value{};
}

/// (a + abs(a)) / 2 -> relu(a), likewise.
constexpr value divided_by_two(value const& v) {
  return is_number(operand(v, 1), 2.0) ? half_of(operand(v, 0)) : value{};
}

// ---- smooth functions ---------------------------------------------------------------------------

/// sqrt(a * a) -> abs(a).
constexpr value sqrt_of_square(value const& v) {
  value const a = operand(v, 0);
  if (!is<op::mul>(a) || !same(operand(a, 0), operand(a, 1))) return {};
  return make<op::abs>(policy_of(v), operand(a, 0));
}

/// log(1 + exp(a)) -> softplus(a).
constexpr value log_of_one_plus_exp(value const& v) {
  value const sum = operand(v, 0);
  if (!is<op::add>(sum)) return {};
  value const e = beside(sum, 1.0);
  if (e.absent() || !is<op::exp>(e)) return {};
  return make<op::softplus>(operand(e, 0));
}

/// log(exp(a) / sum(exp(a))) -> a - log(sum(exp(a))) where a = x - max(x), the maximum under
/// stop_gradient or not: the logarithm of a softmax that cannot overflow. For any other a the
/// difference could cancel where the quotient is accurate.
constexpr value log_of_softmax(value const& v) {
  value const quotient = operand(v, 0);
  if (!is<op::div>(quotient)) return {};
  value const e = operand(quotient, 0);
  value const b = operand(quotient, 1);
  if (!is<op::exp>(e) || !is<op::sum>(b) || node_of(b).operand[0] != e.index) return {};
  value const a = operand(e, 0);
  if (!is<op::sub>(a)) return {};
  value largest = operand(a, 1);
  if (is<op::stop_gradient>(largest)) largest = operand(largest, 0);
  if (!is<op::reduce_max>(largest) || node_of(largest).operand[0] != operand(a, 0).index) return {};
  return make<op::sub>(a, make<op::log>(b));
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

/// pow(x, 0) -> 1, also for a NaN, as in IEEE; pow(x, 1) -> x, pow(x, 2) -> x * x,
/// pow(x, -1) -> 1 / x. The general derivative would have log(x) or 0 * infinity in it.
constexpr value power_of_small_integer(value const& v) {
  value const x = operand(v, 0);
  value const y = operand(v, 1);
  if (is_number(y, 0.0)) return x.number(1.0);
  if (is_number(y, 1.0)) return x;
  if (is_number(y, 2.0)) return make<op::mul>(x, x);
  if (!is_number(y, -1.0)) return {};
  value one = x.number(1.0);
  one.space = v.space;
  return make<op::div>(one, x);
}

// ---- the list -----------------------------------------------------------------------------------

struct rewrite_rule {
  opcode head{};  // the operation at the root of the pattern
  value (*apply)(value const&) = nullptr;
  std::string_view text;
  difference differs = difference::none;
};

/// Every rule, those of one operation side by side; the laws in tests/laws read `differs`.
inline constexpr std::array<rewrite_rule, 21> all{{
    {code<op::max>, max_with_zero, "max(x, 0) -> relu(x)", difference::zero_sign},
    {code<op::max>, max_of_opposites, "max(a, -a) -> abs(a)", difference::zero_sign},
    {code<op::max>, nested_max, "max(max(a, b), c) -> max over a stack", difference::none},
    {code<op::min>, min_with_zero, "min(x, 0) -> -relu(-x)", difference::zero_sign},
    {code<op::min>, min_of_opposites, "min(a, -a) -> -abs(a)", difference::zero_sign},
    {code<op::min>, nested_min, "min(min(a, b), c) -> min over a stack", difference::none},
    {code<op::relu>, relu_of_relu, "relu(relu(a)) -> relu(a)", difference::none},
    {code<op::relu>, relu_of_negative_relu, "relu(-relu(a)) -> 0", difference::zero_sign},
    {code<op::abs>, abs_of_negative, "abs(-a) -> abs(a)", difference::none},
    {code<op::abs>, abs_of_abs, "abs(abs(a)) -> abs(a)", difference::none},
    {code<op::sub>, difference_of_relus, "relu(a) - relu(-a) -> a", difference::none},
    {code<op::add>, negative_relu_and_relu, "-relu(a) + relu(-a) -> -a", difference::none},
    {code<op::add>, sum_of_relus, "relu(a) + relu(-a) -> abs(a)", difference::none},
    {code<op::add>, max_and_min, "max(a, b) + min(a, b) -> a + b", difference::zero_sign},
    {code<op::mul>, half_times, "0.5 * (a + abs(a)) -> relu(a)",
     difference::zero_sign | difference::range | difference::infinity},
    {code<op::div>, divided_by_two, "(a + abs(a)) / 2 -> relu(a)",
     difference::zero_sign | difference::range | difference::infinity},
    {code<op::sqrt>, sqrt_of_square, "sqrt(a * a) -> abs(a)",
     difference::rounding | difference::range},
    {code<op::log>, log_of_one_plus_exp, "log(1 + exp(a)) -> softplus(a)",
     difference::rounding | difference::range},
    {code<op::log>, log_of_softmax, "log(softmax(a)) -> a - log(sum(exp(a)))",
     difference::rounding | difference::range},
    {code<op::log>, log_of_determinant, "log(determinant(a)) -> log_determinant(a), also of abs",
     difference::rounding | difference::range | difference::infinity},
    {code<op::pow>, power_of_small_integer, "pow(x, n) -> 1, x, x*x, 1/x for n = 0, 1, 2, -1",
     difference::rounding},
}};

/// For each operation, the first of its rules, or their number.
inline constexpr auto first_rule = [] {
  std::array<std::uint8_t, op::table::size> first{};
  first.fill(static_cast<std::uint8_t>(all.size()));
  for (std::size_t i = all.size(); i-- > 0;)
    first[static_cast<std::size_t>(all[i].head)] = static_cast<std::uint8_t>(i);
  return first;
}();

}  // namespace rewrites
}  // namespace ramp::pass

// which defines what the rules call
#include <ramp/pass/rewrite.hpp>
