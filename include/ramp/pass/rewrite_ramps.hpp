// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rules for functions of one argument that are linear on either side of 0: sums, maxima and minima
// of a, relu(a), abs(a) and multiples of these. Two slopes say which function one is, however it is
// spelled, and a spelling without its kink, or with one kink, has one derivative at 0.

#include <ramp/pass/rewrite_pattern.hpp>

namespace ramp::pass::rewrites {

/// right * a where a > 0, left * a where a < 0. `policy` is that of its kinks, which are in accord.
struct ramp {
  value a;  // absent: the number 0, a ramp in anything
  double right = 1.0;
  double left = 1.0;
  bool kinked = false;
  kink_policy policy{};
};

/// relu of a ramp, and abs of one.
constexpr void clip(ramp& r) {
  r.right = r.right > 0.0 ? r.right : 0.0;
  r.left = r.left < 0.0 ? r.left : 0.0;
}
constexpr void fold_up(ramp& r) {
  if (r.right < 0.0) r.right = -r.right;
  if (r.left > 0.0) r.left = -r.left;
}

/// Whether a slope times a number is exact; 0 is, of finite numbers.
constexpr bool is_exact_slope(double slope, double number) {
  return (slope == 0.0 && slope * number == 0.0) || ir::detail::product_is_exact(slope, number);
}

/// What a value is a ramp in, at least in itself: where slopes are no exact product, and where
/// `depth` bounds the cost, which rewritten graphs reach by policies that differ only.
constexpr ramp ramp_of(value const& v, int depth = 4) {
  if (is_number(v, 0.0)) return {{}, 0.0, 0.0};
  if (depth == 0) return {v};
  if (is<op::neg>(v)) {
    ramp r = ramp_of(operand(v, 0), depth - 1);
    r.right = -r.right;
    r.left = -r.left;
    return r;
  }
  if (is<op::mul>(v) && is<op::constant>(operand(v, 1))) {
    double const c = node_of(operand(v, 1)).value;
    ramp r = ramp_of(operand(v, 0), depth - 1);
    if (!is_exact_slope(r.right, c) || !is_exact_slope(r.left, c)) return {v};
    r.right *= c;
    r.left *= c;
    return r;
  }
  if (!is<op::relu>(v) && !is<op::abs>(v)) return {v};
  ramp r = ramp_of(operand(v, 0), depth - 1);
  if (r.kinked && r.policy != policy_of(v)) r = {operand(v, 0)};
  if (is<op::relu>(v))
    clip(r);
  else
    fold_up(r);
  r.kinked = true;
  r.policy = policy_of(v);
  return r;
}

/// Two ramps in one argument; false if they are not, or have kinks of different policies.
constexpr bool align(ramp& x, ramp& y) {
  if (x.a.absent()) x.a = y.a;
  if (y.a.absent()) y.a = x.a;
  if (x.a.absent() || (x.kinked && y.kinked && x.policy != y.policy)) return false;
  if (same(x.a, y.a)) return true;
  if (!opposite(x.a, y.a)) return false;
  y = {x.a, -y.left, -y.right, y.kinked, y.policy};
  return true;
}

/// A ramp as a multiple of a, relu(a), relu(-a) or abs(a); absent if it is none of these.
constexpr value emit(ramp const& r) {
  if (r.right == 0.0 && r.left == 0.0)  // no policy but 0 gets its derivative right otherwise
    return make<op::where>(make<op::equal>(r.a, r.a), r.a.number(0.0), r.a);
  if (r.right == r.left) return times(r.a, r.right);
  if (r.left == 0.0) return times(make<op::relu>(r.policy, r.a), r.right);
  if (r.right == 0.0) return times(make<op::relu>(r.policy, make<op::neg>(r.a)), -r.left);
  if (r.right == -r.left) return times(make<op::abs>(r.policy, r.a), r.right);
  return {};
}

constexpr bool has_kink(value v) {
  if (is<op::neg>(v)) v = operand(v, 0);
  if (is<op::mul>(v) && is<op::constant>(operand(v, 1))) v = operand(v, 0);
  return is<op::relu>(v) || is<op::abs>(v);
}

/// relu of a ramp that has a kink -> the ramp that it is: relu(relu(a)) -> relu(a),
/// relu(-relu(a)) -> 0 and NaN where a is NaN, relu(abs(a)) -> abs(a).
constexpr value relu_of_ramp(value const& v) {
  if (!has_kink(operand(v, 0))) return {};
  ramp r = ramp_of(operand(v, 0));
  if (!r.kinked || r.policy != policy_of(v)) return {};  // in itself: it would be made again
  clip(r);
  return emit(r);
}

/// The same for abs: abs(abs(a)) -> abs(a), abs(relu(a)) -> relu(a); abs(-a) -> abs(a).
constexpr value abs_of_ramp(value const& v) {
  value const x = operand(v, 0);
  if (is<op::neg>(x)) return make<op::abs>(policy_of(v), operand(x, 0));
  if (!has_kink(x)) return {};
  ramp r = ramp_of(x);
  if (!r.kinked || r.policy != policy_of(v)) return {};
  fold_up(r);
  return emit(r);
}

/// relu(a) -> a, abs(a) -> a where a is an exponential, a square root, a square or the like.
constexpr value kink_of_positive(value const& v) {
  value const a = operand(v, 0);
  bool const is_square = is<op::mul>(a) && same(operand(a, 0), operand(a, 1));
  bool const is_positive =
      is_square || is<op::exp>(a) || is<op::sqrt>(a) || is<op::sigmoid>(a) || is<op::softplus>(a);
  return is_positive ? a : value{};
}

/// max of two ramps in one argument: max(a, 0) -> relu(a), max(a, -a) -> abs(a),
/// max(relu(a), a) -> relu(a), max(a, a) -> a, and so on; min likewise: min(a, 0) -> -relu(-a),
/// min(a, -a) -> -abs(a). Against any other constant they stay: c + relu(a - c) would round; the
/// tie is that of relu all the same (op/max.hpp). max(a, q * a) for 0 < q < 1 is leaky_relu(a, q).
constexpr value extreme_of_ramps(value const& v) {
  bool const largest = is<op::max>(v);
  ramp x = ramp_of(operand(v, 0));
  ramp y = ramp_of(operand(v, 1));
  if (!align(x, y)) return {};
  if ((x.kinked && x.policy != policy_of(v)) || (y.kinked && y.policy != policy_of(v))) return {};
  bool const right_first = largest == (x.right > y.right);
  bool const left_first = largest == (x.left < y.left);  // of a negative a
  ramp const r{x.a, right_first ? x.right : y.right, left_first ? x.left : y.left, true,
               policy_of(v)};
  bool const is_leaky =
      largest && !x.kinked && !y.kinked && r.right == 1.0 && r.left > 0.0 && r.left < 1.0;
  return is_leaky ? make<op::leaky_relu>(policy_of(v), r.a, r.a.number(r.left)) : emit(r);
}

/// The sum or difference of two ramps in one argument, at least one of them with a kink:
/// relu(a) - relu(-a) -> a, relu(a) + relu(-a) -> abs(a), a + abs(a) -> 2 * relu(a),
/// a - relu(a) -> -relu(-a), 2 * relu(a) - a -> abs(a), and so on. Not where nothing is left: a
/// difference x - x has the derivative 0 and the NaN of infinity - infinity.
constexpr value sum_of_ramps(value const& v) {
  if (!has_kink(operand(v, 0)) && !has_kink(operand(v, 1))) return {};
  ramp x = ramp_of(operand(v, 0));
  ramp y = ramp_of(operand(v, 1));
  if (!align(x, y)) return {};
  double const sign = is<op::add>(v) ? 1.0 : -1.0;
  ramp const r{x.a, x.right + sign * y.right, x.left + sign * y.left, true,
               x.kinked ? x.policy : y.policy};
  auto is_exact = [&](double sum, double a, double b) { return sum - a == b && sum - b == a; };
  if (!is_exact(r.right, x.right, sign * y.right) || !is_exact(r.left, x.left, sign * y.left))
    return {};
  return r.right == 0.0 && r.left == 0.0 ? value{} : emit(r);
}

/// a + relu(b - a) -> max(b, a), a - relu(a - b) -> min(a, b), whose operands then have the shares
/// that the policy gives them here; a constant a has the tie of relu in either form.
constexpr value sum_with_relu_of_difference(value const& v) {
  value a = operand(v, 0);
  value r = operand(v, 1);
  bool const is_sum = is<op::add>(v);
  if (is_sum && !is<op::relu>(r)) std::swap(a, r);
  if (!is<op::relu>(r)) return {};
  value const d = operand(r, 0);
  if (!is<op::sub>(d) || !same(operand(d, is_sum ? 1 : 0), a)) return {};
  return is_sum ? make<op::max>(policy_of(r), operand(d, 0), a)
                : make<op::min>(policy_of(r), a, operand(d, 1));
}

/// (a + b + abs(a - b)) / 2 -> max(a, b), (a + b - abs(a - b)) / 2 -> min(a, b). The shares at a
/// tie are those that abs gives here.
constexpr value half_of_sum_and_distance(value const& v) {
  if (!is_number(operand(v, 1), 0.5)) return {};
  value const whole = operand(v, 0);
  bool const is_sum = is<op::add>(whole);
  if (!is_sum && !is<op::sub>(whole)) return {};
  value sum = operand(whole, 0);
  value distance = operand(whole, 1);
  if (is_sum && !is<op::abs>(distance)) std::swap(sum, distance);
  if (!is<op::abs>(distance) || !is<op::add>(sum)) return {};
  value const d = operand(distance, 0);
  if (!is<op::sub>(d)) return {};
  value const a = operand(d, 0);
  value const b = operand(d, 1);
  bool const straight = same(operand(sum, 0), a) && same(operand(sum, 1), b);
  bool const crossed = same(operand(sum, 0), b) && same(operand(sum, 1), a);
  if (!straight && !crossed) return {};
  return is_sum ? make<op::max>(policy_of(distance), a, b)
                : make<op::min>(policy_of(distance), a, b);
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

}  // namespace ramp::pass::rewrites

// which defines what the rules call
#include <ramp/pass/rewrite_rules.hpp>
