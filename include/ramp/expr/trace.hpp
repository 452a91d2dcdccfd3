// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/expr/call.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/lower.hpp>

namespace ramp {

/// The shape of an argument of a traced function: `shaped<3>` a vector, `shaped<3, 4>` a matrix,
/// `scalar` a number.
template <int... Extents>
struct shaped_argument {};
template <int... Extents>
inline constexpr shaped_argument<Extents...> shaped{};
inline constexpr shaped_argument<> scalar{};

namespace detail {

template <class Function, std::size_t... I>
constexpr value run_traced(builder& b, std::array<value, sizeof...(I)> const& arguments,
                           std::index_sequence<I...>) {
  return as_value(b, Function{}(symbol(b, arguments[I])...));
}

/// The shape of the result, from a run whose graph is thrown away.
template <class Function, class... Leaves>
constexpr shape shape_of_traced() {
  builder b;
  return run_traced<Function>(b, std::array{b.argument(Leaves::argument)...},
                              std::index_sequence_for<Leaves...>{})
      .space;
}

}  // namespace detail

/// A function that was written as ordinary code; see `trace`.
template <class Function, class... Leaves>
struct traced {
  using expression_tag = void;
  static constexpr int literal_count = 0;
  static constexpr std::uint64_t identity = [] {
    std::uint64_t h = 7;
    ((h = detail::hash_combine(h, Leaves::identity)), ...);
    return h;
  }();
  static constexpr shape shape_of = detail::shape_of_traced<Function, Leaves...>();

  [[no_unique_address]] detail::numbers<0> literals;

  template <class Lowering>
  static constexpr ir::value lower(Lowering& l, int) {
    return detail::run_traced<Function>(l.builder, std::array{l.template visit<Leaves>(0)...},
                                        std::index_sequence_for<Leaves...>{});
  }
};

namespace detail {

template <fixed_string Name, int... Extents>
constexpr auto leaf_for(shaped_argument<Extents...>) {
  return variable<Name, Extents...>;
}

/// Only its type is needed: to look into a traced function where it is written, so that an error
/// inside is reported there.
template <fixed_string Name>
symbol symbol_for();

template <class Function, int Names, bool Fits>
inline constexpr bool takes_names = Fits;

template <class Function, int Names, bool Fits>
constexpr auto require_parameters() {
  static_assert(takes_names<Function, Names, Fits>,
                "ramp: trace<\"x\", \"y\">(f) calls f with a value for each name, as in "
                "trace<\"x\", \"y\">([](auto x, auto y) { return x * y; }); the number is how many "
                "names there are");
}

template <class Result>
constexpr auto require_traceable() {
  static_assert(can_be_traced<Result>,
                "ramp: a traced function returns what it has computed from its arguments, or a "
                "number");
}

template <class Function>
inline constexpr bool is_captureless =
    std::is_empty_v<Function> && std::is_default_constructible_v<Function>;

template <class Function>
constexpr auto require_captureless() {
  static_assert(is_captureless<Function>,
                "ramp: the lambda must not capture anything, because it runs while the program is "
                "compiled. Use [] and hand values in as named arguments or constants; make "
                "expressions that it uses static constexpr");
}

}  // namespace detail

/// An expression from ordinary code: `trace<"x", "y">([](auto x, auto y) { ... })` runs the lambda
/// once while the program is compiled, with handles for its arguments, and records what it does.
/// Loops, local variables and `s = s * x + y` work; a branch on a value does not, `where` does. The
/// result binds by the given names. Arguments are scalars unless shapes follow the lambda:
/// `trace<"v", "t">(f, shaped<3>, scalar)`.
/// For long computations: its cost for the compiler is linear in operations, and the type stays
/// short. A lambda without captures is needed.
template <fixed_string... Names, class Function, class... Shapes>
  requires(!operand<Function>)  // trace(A) is the trace of a matrix
constexpr auto trace(Function, Shapes... shapes) {
  detail::require_captureless<Function>();
  constexpr auto names = static_cast<int>(sizeof...(Names));
  constexpr bool fits = requires(Function const& f) { f(detail::symbol_for<Names>()...); };
  detail::require_parameters<Function, names, fits>();
  if constexpr (fits && detail::is_captureless<Function>)
    detail::require_traceable<decltype(Function{}(detail::symbol_for<Names>()...))>();
  constexpr auto given = static_cast<int>(sizeof...(Shapes));
  static_assert(given == 0 || given == names,
                "ramp: trace<\"x\", \"y\">(f, shapes...) takes a shape for each name, or none at "
                "all if all are scalars");
  if constexpr (given == 0) return traced<Function, leaf<Names, role_of_leaf::variable, 0>...>{};
  else return traced<Function, std::remove_const_t<decltype(detail::leaf_for<Names>(shapes))>...>{};
}

}  // namespace ramp
