// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/expression.hpp>

// What a call runs into that no overload takes. Each public function of expressions has one more
// overload, whose only purpose is the error (expr/calls.hpp):
//
//     template <auto... T>
//     constexpr auto sign(detail::any, ...) { return detail::misuse<"sign(a)">(T...); }
//
// A conversion by a constructor and an ellipsis are worse than anything else, and so is a template
// than a function. So it is taken only where no other function can be: neither one of ramp, nor one
// that somebody else has under this name and `using namespace ramp` puts beside it. An overload
// with parameters of the types of its arguments would win over `double relu(double)` for a float,
// and over `split(std::string_view)` for a literal.

namespace ramp::detail {

/// An argument of whatever type.
struct any {
  template <class T>
  constexpr any(T const&) {}  // NOLINT(google-explicit-constructor): a conversion is the purpose
};

template <fixed_string... Calls>
inline constexpr bool is_one_of = false;

/// The error, and something that can be used as an expression, so that nothing else is reported. It
/// is called with what stood between <>: so it depends on template parameters, and is no work for
/// the compiler before it is needed. The type of the result is deduced, so that the error comes
/// before all that follow from it. Each text is short, as clang prints no more than 32 characters.
template <fixed_string... Calls>
constexpr auto misuse(auto const&...) {
  static_assert(is_one_of<Calls...>,
                "ramp: this function is called as the texts in quotes show. Operands are "
                "expressions, made from variable<\"x\"> and its kin; a number is one only beside "
                "another, where elements are combined one by one, and a policy comes last");
  return literal{};
}

}  // namespace ramp::detail
