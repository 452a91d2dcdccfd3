// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <type_traits>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/builder.hpp>
#include <ramp/expr/constant.hpp>
#include <ramp/expr/expression.hpp>

namespace ramp {

/// A value in a traced function (expr/trace.hpp): a handle on a graph that is being built. The same
/// functions and operators apply as to expressions.
class symbol {
 public:
  constexpr symbol(detail::builder& owner, ir::value const& v) : builder_(&owner), value_(v) {}

  [[nodiscard]] constexpr shape const& extents() const { return value_.space; }
  [[nodiscard]] constexpr ir::value const& graph_value() const { return value_; }
  [[nodiscard]] constexpr detail::builder& graph_builder() const { return *builder_; }

  // in the declaration, so that the error is reported where the lambda branches, not where the
  // program is evaluated
  template <class Bool>
    requires std::is_same_v<Bool, bool>
  explicit(!detail::truth_of_expression<Bool>()) constexpr operator Bool() const {
    return false;
  }

 private:
  detail::builder* builder_;
  ir::value value_;
};

namespace detail {

template <class T>
concept symbolic = std::is_same_v<std::remove_cvref_t<T>, symbol>;

}  // namespace detail

/// What functions apply to: an expression, or a value in a traced function.
template <class T>
concept operand = expression<T> || detail::symbolic<T>;

namespace detail {

// Checks are written so that the first lines of an error say everything on every compiler: what is
// compared stands in the template arguments, which g++ prints for the function and clang for the
// condition. They return `auto`, for which a compiler has to look into them where they are called:
// what returns void is looked into when a constant needs it, far from the line that is wrong. And
// functions call them at once, since g++ prints a line for each call on the way before the reason.

template <class T>
inline constexpr bool is_expression_or_number = operand<T> || number<T>;

template <class... Operands>
constexpr auto require_operands() {
  static_assert((is_expression_or_number<Operands> && ...),
                "ramp: an operand is neither an expression nor a number. Expressions are made from "
                "variable<\"x\">, input<\"x\", 3>, parameter<\"w\", 3>, constant<0.5> and numbers "
                "(a bool or a character is not a number)");
}

template <class T>
constexpr auto as_expression(T const& t) {
  if constexpr (expression<T>) return t;
  else return literal{{{static_cast<double>(t)}}};
}

/// How two shapes differ: in their numbers of dimensions, or else in the first extents that do.
constexpr shape_fault difference_of(shape const& a, shape const& b) {
  for (int d = 0; d < a.rank && a.rank == b.rank; ++d)
    if (a[d] != b[d]) return {true, a[d], b[d]};
  return {true, a.rank, b.rank};
}

/// What a traced function can compute with: its arguments, numbers and constants.
template <class T>
inline constexpr bool can_be_traced = symbolic<T> || number<T> || requires { T::value; };

template <class T>
constexpr ir::value as_value(builder& b, T const& t) {
  if constexpr (symbolic<T>) return t.graph_value();
  else if constexpr (number<T>) return b.number(static_cast<double>(t));
  else if constexpr (can_be_traced<T>) return b.number(T::value);
  else return {};  // an error has been reported
}

template <class First, class... Rest>
constexpr builder& builder_among(First const& first, Rest const&... rest) {
  if constexpr (symbolic<First>) return first.graph_builder();
  else return builder_among(rest...);
}

/// The policy for one use of a function.
template <class Function>
struct policy_of_use {
  using type = inherited_policy;
};
template <class Function>
  requires requires { typename Function::policy; }
struct policy_of_use<Function> {
  using type = typename Function::policy;
};

/// Applies a function: to expressions it is an expression, to traced values it happens at once.
template <class Function, class... As>
constexpr auto call(As const&... as) {
  require_choice<typename policy_of_use<Function>::type>();
  if constexpr (!(is_expression_or_number<As> && ...)) {
    return literal{};  // an error has been reported
  } else if constexpr ((symbolic<As> || ...)) {
    static_assert((can_be_traced<As> && ...),
                  "ramp: a traced function computes with its own arguments and numbers; hand this "
                  "expression in as an argument");
    builder& b = builder_among(as...);
    std::array<ir::value, sizeof...(As)> const operands{as_value(b, as)...};
    if constexpr (requires(shape const& s) { meaning<Function>::accepts((as, s)...); }) {
      bool const fits = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return meaning<Function>::accepts(operands[I].space...);
      }(std::index_sequence_for<As...>{});
      if (!fits) {
        if (!b.faults.shapes.found)
          b.faults.shapes = difference_of(operands[0].space, operands.back().space);
        return symbol(b, operands[0]);
      }
    }
    return symbol(b, meaning<Function>::build(b, operands));
  } else {
    return operation<Function, decltype(as_expression(as))...>{
        joined(as_expression(as).literals...)};
  }
}

}  // namespace detail
}  // namespace ramp
