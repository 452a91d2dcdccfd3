// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <ramp/pass/bounds.hpp>
#include <ramp/pass/product_of_others.hpp>

namespace ramp::pass {

/// What an operation's `enclose` sees of a node: its operands as intervals, seen from its iteration
/// space, and what makes intervals of them. An interval holds what the operation gives, computed
/// without rounding, for all numbers of its operands' intervals. More is in pass/enclosure.hpp.
struct elementwise_enclosure {
  graph* owner = nullptr;
  node const* at = nullptr;
  small_array<bounds, ir::max_operands> x;
  small_array<bool, ir::max_operands> varies{};  // operands that the derivative is taken by

  [[nodiscard]] constexpr value constant(double c) const {
    return {owner, owner->constant(c), {}, {}};
  }
  [[nodiscard]] constexpr bounds number(double c) const { return {constant(c), constant(c)}; }
  [[nodiscard]] constexpr bounds between(double low, double high) const {
    return {constant(low), constant(high)};
  }
  [[nodiscard]] constexpr bounds everything() const {
    double const infinity = std::numeric_limits<double>::infinity();
    return between(-infinity, infinity);
  }

  /// Whether the node's number, a weight or slope at a kink, is all that there are.
  [[nodiscard]] constexpr bool is_any() const {
    return std::bit_cast<std::uint64_t>(at->value) == std::bit_cast<std::uint64_t>(any_weight);
  }

  /// An operation on ends, as it is computed.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply(value const& first, Values const&... rest) const {
    return detail::internal<Op>(0.0, first, rest...);
  }
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply_with(double attribute, value const& first,
                                           Values const&... rest) const {
    return detail::internal<Op>(attribute, first, rest...);
  }

  /// `v` moved beyond an error of `ulps` units in the last place of `size`.
  [[nodiscard]] constexpr value outward(value const& v, value const& size, double ulps) const {
    // one more for the rounding of the end itself
    double const units = ulps > 0.0 ? ulps + 1.0 : ulps - 1.0;
    return detail::internal<op::outward>(units, v, size, constant(1.0));
  }

  /// Ends that `Op` has computed, moved beyond its error.
  template <class Op>
  [[nodiscard]] constexpr bounds computed(value const& lower, value const& upper) const {
    static_assert(!requires(double const* operands) { Op::error_scale(operands); },
                  "the error is of another size than the result");
    if constexpr (Op::max_ulp == 0) return {lower, upper};
    else return {outward(lower, lower, -Op::max_ulp), outward(upper, upper, Op::max_ulp)};
  }

  /// Of a function that rises, or falls, with every operand.
  template <class Op, class... Operands>
  [[nodiscard]] constexpr bounds increasing(Operands const&... operands) const {
    return computed<Op>(apply<Op>(operands.lower...), apply<Op>(operands.upper...));
  }
  template <class Op, class... Operands>
  [[nodiscard]] constexpr bounds decreasing(Operands const&... operands) const {
    return computed<Op>(apply<Op>(operands.upper...), apply<Op>(operands.lower...));
  }
  /// Of a function of two operands that rises or falls with each, wherever the other is.
  template <class Op>
  [[nodiscard]] constexpr bounds at_corners(bounds const& a, bounds const& b) const {
    value const corners[] = {apply<Op>(a.lower, b.lower), apply<Op>(a.lower, b.upper),
                             apply<Op>(a.upper, b.lower), apply<Op>(a.upper, b.upper)};
    return computed<Op>(detail::smaller(detail::smaller(corners[0], corners[1]),
                                        detail::smaller(corners[2], corners[3])),
                        detail::larger(detail::larger(corners[0], corners[1]),
                                       detail::larger(corners[2], corners[3])));
  }
  /// About the middle of v, a number: 0 where there is none, or it overflows.
  [[nodiscard]] constexpr value middle_of(bounds const& v) const {
    value const middle = (v.lower + v.upper) * 0.5;
    value const is_finite = apply<op::equal>(middle - middle, constant(0.0));
    return apply<op::where>(is_finite, middle, constant(0.0));
  }
  /// How far the ends of v are from it, at most.
  [[nodiscard]] constexpr value radius_of(bounds const& v, value const& middle) const {
    return detail::larger(detail::up<op::add_toward>(v.upper, -middle),
                          detail::up<op::add_toward>(middle, -v.lower));
  }
  /// Of a function whose slopes are between -1 and 1.
  template <class Op>
  [[nodiscard]] constexpr bounds contracting(bounds const& v) const {
    if (v.is_number()) return increasing<Op>(v);
    value const middle = middle_of(v);
    value const radius = radius_of(v, middle);
    return increasing<Op>(bounds{middle, middle}) + bounds{-radius, radius};
  }

  [[nodiscard]] constexpr bounds hull(bounds const& a, bounds const& b) const {
    return detail::hull(a, b);
  }
  [[nodiscard]] constexpr bounds magnitude(bounds const& v) const { return detail::magnitude(v); }
  [[nodiscard]] constexpr bounds ends(value const& lower, value const& upper) const {
    return {lower, upper};
  }
  [[nodiscard]] constexpr double number_of(std::size_t k) const {
    return (*owner)[x[k].lower.index].value;
  }
  /// The largest absolute value.
  template <class... Values>
  [[nodiscard]] constexpr value size_of(value const& first, Values const&... rest) const {
    value size = apply<op::abs>(first);
    ((size = detail::larger(size, apply<op::abs>(rest))), ...);
    return size;
  }
  /// The part of v between two numbers: for a domain that v leaves by rounding alone. Where all of
  /// v is outside, it stays.
  [[nodiscard]] constexpr bounds clipped(bounds const& v, double from) const {
    // 0 for -0 as well: poles at it have two sides
    return {apply<op::where>(apply<op::less>(constant(from), v.lower), v.lower,
                             detail::smaller(v.upper, constant(from))),
            v.upper};
  }
  [[nodiscard]] constexpr bounds clipped(bounds const& v, double from, double to) const {
    return -clipped(-clipped(v, from), -to);
  }
  /// v, of which it is known that it is between two numbers.
  [[nodiscard]] constexpr bounds within(bounds const& v, double from, double to) const {
    return {detail::larger(v.lower, constant(from)), detail::smaller(v.upper, constant(to))};
  }

  // Conditions, as intervals too: 0 to 1 is what rounding leaves open. Of operands that vary, a
  // condition has to hold next to them as well: on the border it is open.

  [[nodiscard]] constexpr bounds less(std::size_t a, std::size_t b, bool or_equal) const {
    value const certain = varies[a] || varies[b] || !or_equal
                              ? apply<op::less>(x[a].upper, x[b].lower)
                              : apply<op::less_equal>(x[a].upper, x[b].lower);
    value const refuted = varies[a] || varies[b] || or_equal
                              ? apply<op::less>(x[b].upper, x[a].lower)
                              : apply<op::less_equal>(x[b].upper, x[a].lower);
    return {certain, apply<op::logical_not>(refuted)};
  }
  [[nodiscard]] constexpr bounds equal(std::size_t a, std::size_t b) const {
    if (at->operand[a] == at->operand[b] && at->map[a] == at->map[b])  // unless it is NaN
      return certain(apply<op::equal>(x[a].lower, x[b].lower));
    value const apart = apply<op::logical_or>(apply<op::less>(x[a].upper, x[b].lower),
                                              apply<op::less>(x[b].upper, x[a].lower));
    value const possible = apply<op::logical_not>(apart);
    if (varies[a] || varies[b]) return {constant(0.0), possible};
    value const same = apply<op::logical_and>(apply<op::equal>(x[a].lower, x[b].upper),
                                              apply<op::equal>(x[a].upper, x[b].lower));
    return {same, possible};
  }
  // Of intervals, the condition that they are on one side for sure.
  [[nodiscard]] constexpr bounds positive(bounds const& v) const {
    return certain(apply<op::less>(constant(0.0), v.lower));
  }
  /// 1 where v is positive, 0 where it is not.
  [[nodiscard]] constexpr bounds sign_of(bounds const& v) const {
    return {apply<op::less>(constant(0.0), v.lower), apply<op::less>(constant(0.0), v.upper)};
  }
  [[nodiscard]] constexpr bounds without_zero(bounds const& v) const {
    return either(positive(v), positive(-v));
  }
  /// The condition that none of 0, -1, -2 ... is within v.
  [[nodiscard]] constexpr bounds without_poles_of_gamma(bounds const& v) const {
    value const below = apply<op::floor>(v.lower);
    value const same = apply<op::equal>(below, apply<op::floor>(v.upper));
    value const between = apply<op::logical_and>(apply<op::less>(below, v.lower), same);
    return either(positive(v), certain(between));
  }
  [[nodiscard]] constexpr bounds either(bounds const& p, bounds const& q) const {
    return certain(apply<op::logical_or>(p.lower, q.lower));
  }
  [[nodiscard]] constexpr bounds negated(bounds const& p) const {
    value const upper = apply<op::logical_not>(p.lower);
    return {p.is_number() ? upper : apply<op::logical_not>(p.upper), upper};
  }

  /// Operand k as a condition.
  [[nodiscard]] constexpr bounds truth(std::size_t k) const {
    return truth_of(x[k], at->operand[k], varies[k]);
  }
  /// a where the condition is certain, b where it is refuted, both where it is open.
  [[nodiscard]] constexpr bounds chosen(bounds const& condition, bounds const& a,
                                        bounds const& b) const {
    if (condition.is_number())
      return {apply<op::where>(condition.lower, a.lower, b.lower),
              apply<op::where>(condition.lower, a.upper, b.upper)};
    bounds const both = detail::hull(a, b);
    return {apply<op::where>(condition.lower, a.lower,
                             apply<op::where>(condition.upper, both.lower, b.lower)),
            apply<op::where>(condition.lower, a.upper,
                             apply<op::where>(condition.upper, both.upper, b.upper))};
  }
  /// a where s is positive, b where it is negative, where it may be 0 what the node's number says:
  /// the hull of a and b, or, if s is 0 for sure and the number is a weight, what that gives.
  [[nodiscard]] constexpr bounds forked(bounds const& a, bounds const& b, bounds const& s) const {
    if (!is_any() && s.is_number()) {
      bounds const tied = number(at->value) * a + number(1.0 - at->value) * b;
      value const& sign = s.lower;
      return {apply<op::where>(sign, apply<op::fork>(a.lower, b.lower, sign), tied.lower),
              apply<op::where>(sign, apply<op::fork>(a.upper, b.upper, sign), tied.upper)};
    }
    return either_side(a, b, s);
  }
  [[nodiscard]] constexpr bounds either_side(bounds const& a, bounds const& b,
                                             bounds const& s) const {
    auto const side = [&](value const& p, value const& q, value const& sign, double weight) {
      return apply_with<op::fork>(weight, p, q, sign);
    };
    return {detail::smaller(side(a.lower, b.lower, s.lower, 0.0),
                            side(a.lower, b.lower, s.upper, 1.0)),
            detail::larger(side(a.upper, b.upper, s.lower, 0.0),
                           side(a.upper, b.upper, s.upper, 1.0))};
  }

 protected:
  /// The product of the elements along the last axis, in pairs, and pairs of pairs.
  [[nodiscard]] constexpr bounds multiplied_along(bounds factors) const {
    auto const both = [](bounds const& b, auto move) {
      return bounds{move(b.lower), move(b.upper)};
    };
    shape const space = factors.lower.space;
    int const axis = space.rank - 1;
    bounds odd = number(1.0);
    for (int count = space[axis]; count > 1; count /= 2) {
      auto const part = [&](int first, int length) {
        return both(factors, [&](value const& v) {
          return detail::last_axis_slice(v, first, length);
        });
      };
      if (count % 2 != 0) odd = part(count - 1, 1) * odd;
      factors = part(0, count / 2) * part(count / 2, count / 2);
    }
    shape result;
    for (int d = 0; d < axis; ++d) result = result.appended(space[d]);
    return both(factors * odd, [&](value const& v) { return detail::reshaped(v, result); });
  }
  [[nodiscard]] constexpr bounds certain(value const& condition) const {
    return {condition, condition};
  }
  /// The condition that an error, which is not negative, is known.
  [[nodiscard]] constexpr bounds finite(value const& error) const {
    return certain(apply<op::less>(error, constant(std::numeric_limits<double>::infinity())));
  }
  [[nodiscard]] constexpr bounds truth_of(bounds const& v, int source, bool may_vary) const {
    if (ir::detail::is_condition((*owner)[source].operation)) return v;
    if (v.is_number() && !may_vary) return v;
    value const nonzero = without_zero(v).lower;
    if (may_vary) return {nonzero, constant(1.0)};
    return {nonzero, apply<op::logical_or>(v.lower, v.upper)};
  }
};

}  // namespace ramp::pass
