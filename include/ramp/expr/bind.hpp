// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <ramp/core/result.hpp>
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
  using item = T;
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
constexpr auto find_number() {
  if constexpr (number<V>) {
    return std::type_identity<V>{};
  } else if constexpr (facts_of_array<V>::is) {
    return find_number<std::remove_cv_t<typename facts_of_array<V>::item>>();
  } else if constexpr (requires(V const& v) { v.data()[0]; v.size(); }) {
    using item = std::remove_cvref_t<decltype(std::declval<V const&>().data()[0])>;
    return std::type_identity<std::conditional_t<number<item>, item, void>>{};
  } else {
    return std::type_identity<void>{};
  }
}
/// The type of the numbers that a value is or holds; void: it cannot be bound.
template <class V>
using number_in = typename decltype(find_number<V>())::type;

template <class V>
constexpr value_facts facts_of_value() {
  if constexpr (std::is_void_v<number_in<V>>) return {};
  else if constexpr (number<V>) return {true, true, true, 1, {}};
  else if constexpr (is_tensor<V>) {
    return []<class T, int... Extents>(std::type_identity<tensor<T, Extents...>>) {
      shape s;
      ((s[s.rank++] = Extents), ...);
      return value_facts{true, true, true, s.elements(), s};
    }(std::type_identity<V>{});
  } else if constexpr (facts_of_array<V>::is) {
    shape const s = facts_of_array<V>::extents;
    return {true, true, s.rank > 1, s.elements(), s};
  } else if constexpr (requires { V::extent; }) {
    constexpr bool dynamic = V::extent == static_cast<std::size_t>(-1);
    return {true, !dynamic, false, dynamic ? 0 : static_cast<int>(V::extent), {}};
  } else {
    return {true, false, false, 0, {}};
  }
}

template <class Binding>
using value_bound_by = std::remove_cvref_t<decltype(Binding::value)>;
template <class Binding>
inline constexpr value_facts facts_of_binding = facts_of_value<value_bound_by<Binding>>();

/// An argument of a program by its name, as a type, so that errors can show it.
template <fixed_string Name>
struct named {
  static constexpr std::string_view name = Name.view();
};

template <class Value>
inline constexpr bool can_be_bound = facts_of_value<Value>().bindable;
/// Elements of a value, if its type says how many; otherwise as many as the name has.
template <class Value, class Leaf>
inline constexpr int size_given =
    facts_of_value<Value>().known ? facts_of_value<Value>().elements : Leaf::shape_of.elements();
/// Whether a value of the right size has no shape of its own, or the right one.
template <class Value, class Leaf>
inline constexpr bool has_shape_of =
    !facts_of_value<Value>().shaped || facts_of_value<Value>().extents == Leaf::shape_of ||
    size_given<Value, Leaf> != Leaf::shape_of.elements();
template <class Name, int Given, int Wanted>
inline constexpr bool has_elements = Given == Wanted;
template <class Leaf>
inline constexpr bool is_label = Leaf::argument.kind == role_of_leaf::label;

// The last argument of these is whether it is so; where the question does not arise, it is.

template <class Leaf, class Value, bool Fits>
inline constexpr bool is_value_for = Fits;
template <class Leaf, class Value, bool Fits>
inline constexpr bool has_shape_for = Fits;
template <class Leaf, class Value, bool Fits>
inline constexpr bool are_labels = Fits;
template <class Leaf, class Value, bool Fits>
inline constexpr bool are_samples = Fits;

template <class Leaf, class Value, bool Fits = can_be_bound<Value>>
constexpr auto require_bindable() {
  static_assert(is_value_for<Leaf, Value, Fits>,
                "ramp: a name is bound to a number, std::array, array, span, vector or "
                "ramp::tensor of numbers, as in x = 0.3; this is none of them (a bool or a "
                "character is not a number, std::uint8_t is)");
}

template <class Name, int Given, int Wanted>
constexpr auto require_size() {
  static_assert(has_elements<Name, Given, Wanted>,
                "ramp: a name is bound to a value of another size; the two numbers of elements are "
                "those of the value and of the name. Bind a value of the second size");
}

template <class Leaf, class Value, bool Fits = has_shape_of<Value, Leaf>>
constexpr auto require_shape() {
  static_assert(has_shape_for<Leaf, Value, Fits>,
                "ramp: a name is bound to a value of another shape with as many elements. Bind "
                "a flat array, or a tensor of the shape of the name");
}

template <class Leaf, class Value, bool Fits>
constexpr auto require_labels() {
  static_assert(are_labels<Leaf, Value, Fits>,
                "ramp: class labels are integers of 8, 16, 32 or 64 bits, for many samples a flat "
                "array, span or vector of them, and are not scaled; a bool or a character is none. "
                "Convert them before the call");
}

template <class Leaf, class Value, bool Fits>
constexpr auto require_samples() {
  static_assert(are_samples<Leaf, Value, Fits>,
                "ramp: samples are bound as one flat array, span or vector of numbers, sample "
                "after sample, as in image = pixels, or as scaled(pixels, factor). A bool or a "
                "character is not a number, std::uint8_t is");
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

template <class Bound, class Needed>
inline constexpr bool are_one_name = std::is_same_v<Bound, Needed>;

template <class Bound, class Needed>
constexpr auto require_same_name() {
  static_assert(are_one_name<Bound, Needed>,
                "ramp: the call binds a name that is something else in the function (of another "
                "shape, or input<...> here and variable<...> there); the two types are that of the "
                "call and that of the function. Bind the second");
}

template <class Leaf, bool Found>
constexpr auto require_known() {
  static_assert(is_known<Leaf, Found>,
                "ramp: the call binds a name that the function does not have. Leave it out or "
                "correct it; names are the text between the quotes");
}

/// Whether `label` is one of the classes of an argument. False: `wrong` says so, but not where.
template <class Integer>
constexpr bool check_label(Integer label, ir::argument const& a, error& wrong) {
  if (std::cmp_greater_equal(label, 0) && std::cmp_less(label, a.classes)) return true;
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  bool const is_larger = std::cmp_greater(label, largest);
  wrong = error{.kind = error_kind::label_out_of_range,
                .name = a.name,
                .expected = a.classes,
                .actual = is_larger ? largest : static_cast<std::int64_t>(label)};
  return false;
}

}  // namespace detail
}  // namespace ramp
