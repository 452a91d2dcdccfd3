// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <ramp/core/fixed_string.hpp>
#include <ramp/core/shape.hpp>

namespace ramp {

/// What every expression type states about itself:
///   shape_of         the shape of its value
///   literal_count    how many raw numbers such as the 2.0 of `2.0 * x` it carries
///   identity         a hash; equal types have equal hashes
///   literals         those numbers, in the order in which they were written
///   lower(l, first)  adds its nodes to a graph; its numbers start at number `first`
/// An expression holds its numbers and nothing else: no operand, no reference. Whatever else there
/// is to know stands in the type. So it is empty as a rule, it is cheap to copy, cannot dangle, and
/// x * x twenty deep takes one byte.
template <class T>
concept expression = requires { typename std::remove_cvref_t<T>::expression_tag; };

namespace detail {

/// A number as it may stand beside an expression, or be bound to a name. A bool or a character is a
/// mistake; std::int8_t and std::uint8_t are numbers.
template <class T>
concept number =
    std::floating_point<T> ||
    (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
     !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> && !std::same_as<T, char16_t> &&
     !std::same_as<T, char32_t>);

/// Numbers that an expression carries by value.
template <int Count>
struct numbers {
  std::array<double, static_cast<std::size_t>(Count)> at;
};
template <>
struct numbers<0> {};

template <int... Counts>
constexpr auto joined(numbers<Counts> const&... parts) {
  numbers<(0 + ... + Counts)> all{};
  if constexpr ((0 + ... + Counts) > 0) {
    std::size_t next = 0;
    auto append = [&]<int Count>(numbers<Count> const& part) {
      if constexpr (Count > 0)
        for (double number : part.at) all.at[next++] = number;
    };
    (append(parts), ...);
  }
  return all;
}

template <int First, int Count, int All>
constexpr numbers<Count> part_of([[maybe_unused]] numbers<All> const& all) {
  numbers<Count> part{};
  if constexpr (Count > 0)
    for (int i = 0; i < Count; ++i)
      part.at[static_cast<std::size_t>(i)] = all.at[static_cast<std::size_t>(First + i)];
  return part;
}

/// A hash of a type, from its spelling. Types that are spelled alike (two lambdas of one function)
/// collide, so it finds a type in a table and never stands for it.
template <class T>
constexpr std::uint64_t hash_of_type() {
  return hash_text(__PRETTY_FUNCTION__);
}

/// An object for each type, whose address is the identity of the type.
template <class T>
inline constexpr char address_of_type = 0;

/// What a function of expressions means: the shape of its result and the graph nodes that compute
/// it. The function is a type, `Function`, and answers itself; graph operations are spoken for in
/// expr/elementwise.hpp.
///   static constexpr shape result(shape const&... operands)
///   static constexpr ir::value build(builder&, std::array<ir::value, N> const& operands)
template <class Function>
struct meaning : Function {};

template <class T>
inline constexpr bool always_false = false;

/// What `if (x > 0)` runs into.
template <class T>
constexpr bool truth_of_expression() {
  static_assert(always_false<T>,
                "ramp: an expression has no truth value while the program is compiled, so `if`, "
                "`?:`, `&&` with a bool and loops cannot test it. Write where(condition, a, b)");
  return false;
}

}  // namespace detail

/// A function of expressions. Users meet it in error messages, where it reads as what they wrote.
template <class Function, class... Operands>
struct operation {
  using expression_tag = void;
  using function = Function;

  static constexpr shape shape_of = detail::meaning<Function>::result(Operands::shape_of...);
  static constexpr int literal_count = (0 + ... + Operands::literal_count);
  static constexpr std::uint64_t identity = [] {
    std::uint64_t h = detail::hash_of_type<Function>();
    ((h = detail::hash_combine(h, Operands::identity)), ...);
    return h;
  }();

  [[no_unique_address]] detail::numbers<literal_count> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int first) {
    return l.template function<Function, Operands...>(first);
  }

  template <class Bool>
    requires std::is_same_v<Bool, bool>
  explicit constexpr operator Bool() const {
    return detail::truth_of_expression<operation>();
  }
};

/// A raw number beside an expression, the 2.0 of `2.0 * x`. In `compile([] { return 2.0 * x; })` it
/// is a constant that the simplifier sees; in `compile(2.0 * x)`, where only types are constants, a
/// run-time number of its own.
struct literal {
  using expression_tag = void;
  static constexpr shape shape_of{};
  static constexpr int literal_count = 1;
  static constexpr std::uint64_t identity = 1;

  detail::numbers<1> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int first) {
    return l.literal(first);
  }
};

/// Several expressions as one: what `outputs`, `updates` and a gradient by several variables
/// return. Has the tuple protocol, so `auto [dx, dy] = gradient(f, wrt(x, y));` works, and so does
/// `gradient(f, wrt(x, y))[0_c]`.
template <class... Expressions>
struct expressions {
  static constexpr int size = static_cast<int>(sizeof...(Expressions));
  static constexpr int literal_count = (0 + ... + Expressions::literal_count);

  [[no_unique_address]] detail::numbers<literal_count> literals;

  template <class Index>
  constexpr auto operator[](Index) const;
};

namespace detail {

template <std::size_t I, class First, class... Rest>
constexpr auto nth_type() {
  if constexpr (I == 0) return std::type_identity<First>{};
  else return nth_type<I - 1, Rest...>();
}

template <std::size_t I, class... Types>
using nth = typename decltype(nth_type<I, Types...>())::type;

/// How many numbers stand before those of the i-th expression.
template <class... Expressions>
constexpr int literals_before(std::size_t i) {
  std::array<int, sizeof...(Expressions) + 1> const counts{Expressions::literal_count..., 0};
  int before = 0;
  for (std::size_t k = 0; k < i; ++k) before += counts[k];
  return before;
}

/// Several expressions as one value.
template <class... Es>
constexpr auto list_of(Es const&... all) {
  return expressions<Es...>{joined(all.literals...)};
}

template <class T>
inline constexpr bool is_expressions = false;
template <class... Es>
inline constexpr bool is_expressions<expressions<Es...>> = true;

}  // namespace detail

template <std::size_t I, class... Es>
constexpr auto get(expressions<Es...> const& all) {
  using element = detail::nth<I, Es...>;
  return element{
      detail::part_of<detail::literals_before<Es...>(I), element::literal_count>(all.literals)};
}

template <class... Es>
template <class Index>
constexpr auto expressions<Es...>::operator[](Index) const {
  constexpr int i = static_cast<int>(Index::value);
  static_assert(0 <= i && i < size, "ramp: no such expression; the first is [0_c]");
  return get<static_cast<std::size_t>(i)>(*this);
}

}  // namespace ramp

template <class... Es>
struct std::tuple_size<ramp::expressions<Es...>>
    : std::integral_constant<std::size_t, sizeof...(Es)> {};
template <std::size_t I, class... Es>
struct std::tuple_element<I, ramp::expressions<Es...>> {
  using type = ramp::detail::nth<I, Es...>;
};
