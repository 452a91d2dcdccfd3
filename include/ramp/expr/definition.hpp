// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/expr/builder.hpp>
#include <ramp/op/table.hpp>

namespace ramp::detail {

/// What the definition of a composite operation sees: its operands, and how to compute with them.
template <std::size_t N>
struct definition {
  builder* owner = nullptr;
  kink_policy use;     // given to this use of the operation, or `inherit`
  kink_policy policy;  // in force, never `inherit`
  std::array<value, N> x;

  [[nodiscard]] constexpr value constant(double number) const { return owner->number(number); }

  /// The policy of this use, but for conventions of other systems that are not those of the part
  /// that follows it: they are said as a weight.
  [[nodiscard]] constexpr kink_policy policy_but_for(conventions const& known) const {
    switch (policy.rule) {
      case kink_rule::pytorch:
      case kink_rule::jax:
      case kink_rule::tensorflow: return {kink_rule::at_zero, policy.at_kink(known, 0.0)};
      default: return use;
    }
  }

  /// An operation, composite or not. Where it has a kink, that follows the policy of this use.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply(Values const&... operands) const;
  /// The same under a policy of the definition's own.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value apply_under(kink_policy own, Values const&... operands) const;
};

template <class Op>
inline constexpr bool has_own_rule = requires(pass::rule const& r) { Op::chain(r); };

/// The rule of a composite operation, for the operands of op::defined.
template <class Op>
constexpr value own_rule(pass::rule const& r) {
  return r.k < Op::arity ? Op::chain(r) : r.none();
}

/// Adds the nodes of an elementwise operation, composite or not, to a graph.
template <class Op, std::size_t N>
constexpr value apply_operation(builder& b, kink_policy use, std::array<value, N> const& operands) {
  if constexpr (op::composite<Op>) {
    if constexpr (requires { Op::kinks; })
      if (op::is_unstated(op::detail::unstated<Op>, use.or_else(b.policy)))
        b.faults.unstated_convention = op::number_of<Op>();
    value made = Op::define(definition<N>{&b, use, use.or_else(b.policy), operands});
    for (value const& x : operands)
      if (x.space.rank > made.space.rank) made.space = x.space;
    if constexpr (has_own_rule<Op>)
      return b.with_rule(made, &own_rule<Op>, use, operands[0], operands[N - 1]);
    else return made;
  } else {
    return b.elementwise(code<Op>, use, operands);
  }
}

template <std::size_t N>
template <class Op, class... Values>
constexpr value definition<N>::apply(Values const&... operands) const {
  return apply_under<Op>(use, operands...);
}
template <std::size_t N>
template <class Op, class... Values>
constexpr value definition<N>::apply_under(kink_policy own, Values const&... operands) const {
  return apply_operation<Op>(*owner, own, std::array<value, sizeof...(Values)>{operands...});
}

}  // namespace ramp::detail
