// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <ramp/expr/leaf.hpp>

// What names can be bound to, and the checks that a call makes before anything else.

namespace ramp {

template <class T, int... Extents>
struct tensor;

namespace detail {

/// What is known of the type of a bound value. `known` says that the number of elements is part of
/// the type; `extents` is its shape, which a flat array does not have.
struct value_facts {
  bool bindable = false;
  bool known = false;
  bool shaped = false;
  int elements = 0;
  shape extents;
};

template <class T>
struct facts_of_array {
  static constexpr bool is = false;
};
template <class T, std::size_t N>
struct facts_of_array<T[N]> {
  static constexpr bool is = true;
  static constexpr shape extents = [] {
    shape s(static_cast<int>(N));
    if constexpr (facts_of_array<T>::is)
      for (int d = 0; d < facts_of_array<T>::extents.rank; ++d)
        s = s.appended(facts_of_array<T>::extents[d]);
    return s;
  }();
};
template <class T, std::size_t N>
struct facts_of_array<std::array<T, N>> : facts_of_array<T[N]> {};

template <class T>
inline constexpr bool is_tensor = false;
template <class T, int... Extents>
inline constexpr bool is_tensor<tensor<T, Extents...>> = true;

template <class V>
concept contiguous = requires(V const& v) {
  { v.data()[0] } -> std::convertible_to<double>;
  v.size();
};

template <class V>
constexpr value_facts facts_of_value() {
  if constexpr (std::is_arithmetic_v<V>) return {true, true, true, 1, {}};
  else if constexpr (is_tensor<V>) {
    return []<class T, int... Extents>(std::type_identity<tensor<T, Extents...>>) {
      shape s;
      ((s[s.rank++] = Extents), ...);
      return value_facts{true, true, true, s.elements(), s};
    }(std::type_identity<V>{});
  } else if constexpr (facts_of_array<V>::is) {
    shape const s = facts_of_array<V>::extents;
    return {true, true, s.rank > 1, s.elements(), s};
  } else if constexpr (contiguous<V> && requires { V::extent; }) {
    constexpr bool dynamic = V::extent == static_cast<std::size_t>(-1);
    return {true, !dynamic, false, dynamic ? 0 : static_cast<int>(V::extent), {}};
  } else {
    return {contiguous<V>, false, false, 0, {}};
  }
}

template <class Binding>
inline constexpr value_facts facts_of_binding =
    facts_of_value<std::remove_cvref_t<decltype(Binding::value)>>();

/// An argument of a program by its name, as a type, so that errors can show it.
template <fixed_string Name>
struct named {
  static constexpr std::string_view name = Name.view();
};

template <class Value>
inline constexpr bool can_be_bound = facts_of_value<Value>().bindable;
template <class Value, class Leaf>
inline constexpr bool has_shape_of = facts_of_value<Value>().extents == Leaf::shape_of;
template <class Name, int Given, int Wanted>
inline constexpr bool has_elements = Given == Wanted;

template <class Name, int Given, int Wanted>
constexpr auto require_size() {
  static_assert(has_elements<Name, Given, Wanted>,
                "ramp: a name is bound to a value of another size; the two numbers of elements are "
                "those of the value and of the name. Bind a value of the second size");
}

template <class Leaf, class Value>
constexpr auto require_shape() {
  using held = std::remove_cvref_t<Value>;
  constexpr value_facts given = facts_of_value<held>();
  static_assert(can_be_bound<held>,
                "ramp: a name is bound to a number, std::array, array, span, vector or "
                "ramp::tensor of numbers, as in x = 0.3; this is none of them");
  if constexpr (given.known) {
    require_size<Leaf, given.elements, Leaf::shape_of.elements()>();
    if constexpr (given.shaped && given.elements == Leaf::shape_of.elements())
      static_assert(has_shape_of<held, Leaf>,
                    "ramp: a name is bound to a value of another shape with as many elements. Bind "
                    "a flat array, or a tensor of the shape of the name");
  }
}

template <class Named, bool Found>
inline constexpr bool is_bound = Found;
template <class Leaf, int Times>
inline constexpr bool is_bound_once = Times == 1;
template <class Leaf, bool Found>
inline constexpr bool is_known = Found;

template <class Named, bool Found>
constexpr auto require_bound() {
  static_assert(is_bound<Named, Found>,
                "ramp: the call binds no value to a name that the function needs. Add it to the "
                "call, as in f(x = 0.3)");
}

template <class Leaf, int Times>
constexpr auto require_bound_once() {
  static_assert(is_bound_once<Leaf, Times>,
                "ramp: the call binds a name more than once. Leave all but one out");
}

template <class Leaf, bool Found>
constexpr auto require_known() {
  static_assert(is_known<Leaf, Found>,
                "ramp: the call binds a name that the function does not have. Leave it out or "
                "correct it; names are the text between the quotes");
}

}  // namespace detail
}  // namespace ramp
