// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/expr/expression.hpp>
#include <ramp/ir/node.hpp>

namespace ramp {

/// What a name stands for.
using role_of_leaf = ir::argument_kind;

/// A name together with the value it stands for in one call: `x = 0.3`. Refers to an lvalue and
/// owns a temporary, so it can be stored as long as what it was made from.
template <class Leaf, class Value>
struct binding {
  using leaf = Leaf;
  Value value;
};

namespace detail {

template <class Leaf, int Given, int Wanted>
inline constexpr bool gives_every_element = Given == Wanted;

template <class Leaf, int Given, int Wanted>
constexpr auto require_every_element() {
  static_assert(gives_every_element<Leaf, Given, Wanted>,
                "ramp: x = {...} has a number for every element of x; the two numbers are how many "
                "stand between the braces and how many elements x has");
}

template <class Leaf, class Element>
inline constexpr bool is_number = number<Element>;

template <class Leaf, class Element>
constexpr auto require_number() {
  static_assert(is_number<Leaf, Element>,
                "ramp: x = {...} takes numbers, and this is none (a bool or a character is not a "
                "number, std::uint8_t is)");
}

/// What a braced list of numbers of several types converts to; an array does not. Were it an
/// aggregate, a list that is too short would be filled with zeros.
template <class Leaf>
struct braced {
  std::array<double, Leaf::element_count> values{};

  template <std::convertible_to<double>... Numbers>
  constexpr braced(Numbers... numbers) {
    (require_number<Leaf, Numbers>(), ...);
    require_every_element<Leaf, static_cast<int>(sizeof...(Numbers)),
                          static_cast<int>(Leaf::element_count)>();
    std::size_t next = 0;
    if constexpr (sizeof...(Numbers) == Leaf::element_count)
      ((values[next++] = static_cast<double>(numbers)), ...);
  }
};

}  // namespace detail

/// A named value that a function is called with. `Classes` is the number of classes of a class
/// label, else 0.
template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
struct leaf {
  static_assert(sizeof...(Extents) <= max_rank, "ramp: tensors have at most 4 dimensions");
  static_assert(((Extents > 0) && ...), "ramp: every extent of a shape is at least 1");
  static_assert((1.0 * ... * Extents) <= max_elements,
                "ramp: a tensor has at most 2147483647 elements");
  static_assert(!Name.view().empty(), "ramp: a name is not empty, as in variable<\"x\">");
  static_assert(Role != role_of_leaf::label || Classes > 0,
                "ramp: class_label<\"label\", classes> has at least one class");

  using expression_tag = void;
  static constexpr shape shape_of = [] {
    shape s;
    ((s[s.rank++] = Extents), ...);
    return s;
  }();
  static constexpr auto element_count = static_cast<std::size_t>(shape_of.elements());
  static constexpr int literal_count = 0;
  static constexpr ir::argument argument{Name.view(), Role, shape_of, Classes};
  static constexpr std::uint64_t identity =
      detail::hash_combine(detail::hash_text(Name.view()), static_cast<std::uint64_t>(Role) + 2);

  [[no_unique_address]] detail::numbers<0> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int) {
    return l.argument(argument);
  }

  /// `x = value` says what x stands for in a call: a number, an array, a span, a tensor.
  /// Nothing is assigned, so it works on constants, which names are.
  template <class Value>
    requires(!std::is_same_v<std::remove_cvref_t<Value>, leaf>)
  [[nodiscard("x = 0.3 is an argument of a call, as in f(x = 0.3)")]]
  constexpr binding<leaf, Value> operator=(Value&& value) const {
    static_assert(!expression<Value>,
                  "ramp: a name is bound to a value, such as x = 0.3, not to an expression");
    return {std::forward<Value>(value)};
  }
  /// `x = {1.0, 2.0, 3.0}`.
  template <class Number, std::size_t Count>
  [[nodiscard]] constexpr binding<leaf, std::array<Number, Count>> operator=(
      Number const (&values)[Count]) const
    requires std::is_arithmetic_v<Number>
  {
    binding<leaf, std::array<Number, Count>> bound{};
    for (std::size_t i = 0; i < Count; ++i) bound.value[i] = values[i];
    return bound;
  }

  /// `x = {1, 2.5, 3}`: numbers of several types.
  [[nodiscard]] constexpr binding<leaf, std::array<double, element_count>> operator=(
      detail::braced<leaf> const& list) const {
    return {list.values};
  }

  template <class Bool>
    requires std::is_same_v<Bool, bool>
  explicit constexpr operator Bool() const {
    return detail::truth_of_expression<leaf>();
  }
};

/// `variable<"x">`, `variable<"x", 3>`, `variable<"A", 3, 4>`: bound by the caller; for a program
/// over samples it is the same for all of them.
template <fixed_string Name, int... Extents>
inline constexpr leaf<Name, role_of_leaf::variable, 0, Extents...> variable{};

/// `input<"image", 784>`: one for each sample; the shape is that of one sample.
template <fixed_string Name, int... Extents>
inline constexpr leaf<Name, role_of_leaf::input, 0, Extents...> input{};

/// `parameter<"w", 784, 128>`: learned, part of the state of a model.
template <fixed_string Name, int... Extents>
inline constexpr leaf<Name, role_of_leaf::parameter, 0, Extents...> parameter{};

/// `class_label<"label", 10>`: for each sample an integer from 0 to Classes - 1; a scalar.
template <fixed_string Name, int Classes>
inline constexpr leaf<Name, role_of_leaf::label, Classes> class_label{};

/// `hyperparameter<"beta">`: a named number that may change from call to call.
template <fixed_string Name>
inline constexpr leaf<Name, role_of_leaf::number, 0> hyperparameter{};

namespace detail {

template <class T>
inline constexpr bool is_leaf = false;
template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
inline constexpr bool is_leaf<leaf<Name, Role, Classes, Extents...>> = true;

template <class T>
inline constexpr bool is_binding = false;
template <class Leaf, class Value>
inline constexpr bool is_binding<binding<Leaf, Value>> = true;

template <std::size_t A, std::size_t B>
constexpr auto concatenated(fixed_string<A> const& a, fixed_string<B> const& b) {
  char text[A + B - 1]{};
  for (std::size_t i = 0; i + 1 < A; ++i) text[i] = a.characters[i];
  for (std::size_t i = 0; i < B; ++i) text[A - 1 + i] = b.characters[i];
  return fixed_string<A + B - 1>(text);
}

}  // namespace detail
}  // namespace ramp
