// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <ramp/expr/call.hpp>
#include <ramp/expr/definition.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/elementwise.hpp>

namespace ramp {

/// What an operation of your own derives from, for its number of operands:
///
///     struct gaussian : own_operation<1> {
///       static constexpr std::string_view name = "gaussian";
///       static constexpr auto define(auto const& r) {
///         return r.template apply<op::exp>(-(r.x[0] * r.x[0]));
///       }
///     };
///     constexpr auto f = apply<gaussian>(x);
///
/// `define` gives the function in terms of others, element by element: r.x[i] are the operands,
/// with + - * /, r.constant(0.5) a number, `r.template apply<op::tanh>(...)` an operation of `op/`
/// or of your own, r.policy the subgradient policy in force. Derivatives follow from it, of any
/// order, in every mode, unless the operation has a rule of its own:
///
///       static constexpr auto chain(auto const& r) { return r.g * (-2.0 * r.x[0] * r.y); }
///
/// the incoming derivative r.g times the partial derivative by operand r.k; r.y is the result. It
/// is used instead of the derivative of the definition, and differentiated in its turn. An
/// operation with a rule of its own has one or two operands. `interval` gives bounds of what the
/// rule gives beside a point: at the border of a condition in it both sides count.
/// `in_domain(double const* x)` may say where the operation is finite and has a derivative, for
/// check::check_operation.
/// op/operation.hpp says all there is to such rules; the operations in op/ are examples.
template <int Arity>
struct own_operation {
  static constexpr op::category kind = op::category::composite;
  static constexpr int arity = Arity;
};

namespace detail {

template <class Op>
inline constexpr bool has_name = requires {
  { Op::name } -> std::convertible_to<std::string_view>;
};
template <class Op>
inline constexpr bool has_arity = requires {
  { Op::arity } -> std::convertible_to<int>;
};
template <class Op, std::size_t N>
inline constexpr bool has_definition = requires(definition<N> const& r) {
  { Op::define(r) } -> std::same_as<value>;
};
template <class Op, int Wanted, int Given>
inline constexpr bool takes_operands = Wanted == Given;

template <class Op>
constexpr int arity_of() {
  if constexpr (has_arity<Op>) return Op::arity;
  else return 0;
}

/// What must be right of a user's operation before it is applied to `Given` operands.
template <class Op, int Given, int Wanted = arity_of<Op>()>
constexpr auto check_own_operation() {
  static_assert(has_name<Op>,
                "ramp: an operation of your own has a name: "
                "static constexpr std::string_view name = \"gaussian\"");
  static_assert(has_arity<Op>,
                "ramp: an operation of your own says how many operands it has: derive it from "
                "own_operation<1>");
  if constexpr (has_name<Op> && has_arity<Op>) {
    static_assert(takes_operands<Op, Wanted, Given>,
                  "ramp: apply<my_operation>(...) takes as many operands as the operation has; the "
                  "two numbers are its arity and how many are given");
    if constexpr (Wanted == Given) {
      static_assert(has_definition<Op, Given>,
                    "ramp: an operation of your own is defined by others: static constexpr auto "
                    "define(auto const& r) { return r.x[0] * r.x[0]; }, which returns what it has "
                    "computed from r.x[0], r.x[1] ... and r.constant(number)");
      constexpr bool rule_fits = !has_own_rule<Op> || Given <= 2;
      static_assert(rule_fits,
                    "ramp: an operation of your own that has a derivative rule, chain(r), has one "
                    "or two operands. Leave the rule out, or split the operation");
      return has_definition<Op, Given> && rule_fits;
    }
  }
  return false;
}

/// An operation of the user's in error messages; its kinks follow a policy of their own.
template <class Op, class Policy>
struct applied : under<Op, Policy> {};

template <class Op, class Policy, class First, class... Rest>
constexpr auto apply_checked(First const& first, Rest const&... rest) {
  require_operands<First, Rest...>();
  (require_equal_shapes<First, Rest>(), ...);
  if constexpr (check_own_operation<Op, 1 + static_cast<int>(sizeof...(Rest))>())
    return call<applied<Op, Policy>>(first, rest...);
  else return literal{};  // an error has been reported
}

}  // namespace detail

/// An operation of your own, applied to expressions, or to values in a traced function, element by
/// element: scalars repeat themselves, all other operands have one shape. A subgradient policy may
/// stand last: it holds for the kinks in the definition.
/// Errors: all at compile time. Cost: that of the definition; nothing is left of the operation
/// itself.
template <class Op, class A>
  requires operand<A>
constexpr auto apply(A const& a) {
  return detail::apply_checked<Op, inherited_policy>(a);
}
template <class Op, class A, class B>
  requires(detail::one_operand<A, B> && !subgradient_policy<B>)
constexpr auto apply(A const& a, B const& b) {
  return detail::apply_checked<Op, inherited_policy>(a, b);
}
template <class Op, class A, class B, class C>
  requires((operand<A> || operand<B> || operand<C>) && !subgradient_policy<C>)
constexpr auto apply(A const& a, B const& b, C const& c) {
  return detail::apply_checked<Op, inherited_policy>(a, b, c);
}
template <class Op, operand A, subgradient_policy Policy>
constexpr auto apply(A const& a, Policy) {
  return detail::apply_checked<Op, Policy>(a);
}
template <class Op, class A, class B, subgradient_policy Policy>
  requires detail::one_operand<A, B>
constexpr auto apply(A const& a, B const& b, Policy) {
  return detail::apply_checked<Op, Policy>(a, b);
}
template <class Op, class A, class B, class C, subgradient_policy Policy>
  requires(operand<A> || operand<B> || operand<C>)
constexpr auto apply(A const& a, B const& b, C const& c, Policy) {
  return detail::apply_checked<Op, Policy>(a, b, c);
}

}  // namespace ramp
