// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

#include <ramp/ir/value.hpp>

// Interval arithmetic on nodes: every operation makes the nodes that compute both ends of its
// result. Ends are rounded outward (core/math/directed.hpp); a number that is known has one node.

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::opcode;
using ir::value;

/// An interval, seen from one space.
struct bounds {
  value lower, upper;

  [[nodiscard]] constexpr bool is_number() const { return lower.index == upper.index; }
  [[nodiscard]] constexpr bool is_constant() const {
    return is_number() && lower.owner->is_constant(lower.index);
  }
  [[nodiscard]] constexpr bool is(double x) const {
    return is_constant() && (*lower.owner)[lower.index].value == x;
  }
};

namespace detail {

/// An operation that is no use of the user's: its kinks, if it has some, are nobody's.
template <class Op, class... Values>
constexpr value internal(double attribute, value const& first, Values const&... rest) {
  kink_policy const own = op::follows_policy<Op> ? standard_policy::value : kink_policy{};
  return first.combine_under<Op>(own, attribute, rest...);
}

constexpr value smaller(value const& a, value const& b) { return internal<op::min>(0.0, a, b); }
constexpr value larger(value const& a, value const& b) { return internal<op::max>(0.0, a, b); }

template <class Op>
constexpr value down(value const& a, value const& b) {
  return internal<Op>(-1.0, a, b);
}
template <class Op>
constexpr value up(value const& a, value const& b) {
  return internal<Op>(1.0, a, b);
}

/// The ends of an operation on ends whose extremes are at the ends of one operand.
template <class Op>
constexpr bounds over(value const& p, bounds const& x) {
  if (x.is_number()) return {down<Op>(p, x.lower), up<Op>(p, x.lower)};
  return {smaller(down<Op>(p, x.lower), down<Op>(p, x.upper)),
          larger(up<Op>(p, x.lower), up<Op>(p, x.upper))};
}

constexpr bounds hull(bounds const& a, bounds const& b) {
  return {smaller(a.lower, b.lower), larger(a.upper, b.upper)};
}

/// The absolute values of an interval.
constexpr bounds magnitude(bounds const& x) {
  if (x.is_number()) {
    value const size = internal<op::abs>(0.0, x.lower);
    return {size, size};
  }
  value const zero = x.lower.number(0.0);
  return {larger(zero, larger(x.lower, -x.upper)), larger(-x.lower, x.upper)};
}

}  // namespace detail

constexpr bounds operator-(bounds const& x) {
  if (!x.is_number()) return {-x.upper, -x.lower};
  value const negative = -x.lower;
  return {negative, negative};
}

constexpr bounds operator+(bounds const& a, bounds const& b) {
  if (a.is(0.0)) return b;
  if (b.is(0.0)) return a;
  return {detail::down<op::add_toward>(a.lower, b.lower),
          detail::up<op::add_toward>(a.upper, b.upper)};
}
constexpr bounds operator-(bounds const& a, bounds const& b) { return a + (-b); }

constexpr bounds operator*(bounds const& a, bounds const& b) {
  using op::mul_toward;
  if (b.is_constant() && !a.is_constant()) return b * a;
  if (a.is(1.0)) return b;
  if (a.is(-1.0)) return -b;
  if (a.is_constant()) {
    bool const rises = (*a.lower.owner)[a.lower.index].value >= 0.0;
    return {detail::down<mul_toward>(a.lower, rises ? b.lower : b.upper),
            detail::up<mul_toward>(a.lower, rises ? b.upper : b.lower)};
  }
  if (a.is_number()) return detail::over<mul_toward>(a.lower, b);
  if (b.is_number()) return detail::over<mul_toward>(b.lower, a);
  if (a.lower.index == b.lower.index && a.upper.index == b.upper.index &&
      a.lower.map == b.lower.map && a.upper.map == b.upper.map) {
    bounds const size = detail::magnitude(a);  // a square is never negative
    return {detail::down<mul_toward>(size.lower, size.lower),
            detail::up<mul_toward>(size.upper, size.upper)};
  }
  return detail::hull(detail::over<mul_toward>(a.lower, b), detail::over<mul_toward>(a.upper, b));
}

/// Everything where the divisor may be 0.
constexpr bounds operator/(bounds const& a, bounds const& b) {
  using op::div_toward;
  auto const by = [&](value const& divisor) {
    if (a.is_number())
      return bounds{detail::down<div_toward>(a.lower, divisor),
                    detail::up<div_toward>(a.lower, divisor)};
    return bounds{detail::smaller(detail::down<div_toward>(a.lower, divisor),
                                  detail::down<div_toward>(a.upper, divisor)),
                  detail::larger(detail::up<div_toward>(a.lower, divisor),
                                 detail::up<div_toward>(a.upper, divisor))};
  };
  if (b.is_constant() && !b.is(0.0)) return by(b.lower);
  value const zero = b.lower.number(0.0);
  value const apart = detail::internal<op::logical_or>(
      0.0, detail::internal<op::less>(0.0, zero, b.lower),
      detail::internal<op::less>(0.0, b.upper, zero));
  bounds const quotient =
      b.is_number() ? by(b.lower) : detail::hull(by(b.lower), by(b.upper));
  double const infinity = std::numeric_limits<double>::infinity();
  return {detail::internal<op::where>(0.0, apart, quotient.lower, zero.number(-infinity)),
          detail::internal<op::where>(0.0, apart, quotient.upper, zero.number(infinity))};
}

}  // namespace ramp::pass
