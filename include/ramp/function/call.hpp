// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <ramp/expr/bind.hpp>
#include <ramp/function/output.hpp>
#include <ramp/function/source.hpp>

// What a compiled function does with the bindings of a call.

namespace ramp::detail {

/// The elements of a bound value as `T const*`: its own memory where that has the type, else a
/// copy.
template <class T, int Count>
struct elements_of {
  std::array<T, static_cast<std::size_t>(Count)> copy{};
  T const* pointer = nullptr;

  template <class V>
  constexpr void read(V const& v) {
    if constexpr (std::is_arithmetic_v<V>) {
      copy[0] = static_cast<T>(v);
      pointer = copy.data();
    } else if constexpr (std::is_array_v<V>) {
      T* to = copy.data();
      read_nested(v, to);
      pointer = copy.data();
    } else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(v.data()[0])>, T>) {
      pointer = v.data();
    } else {
      T* to = copy.data();
      for (auto const& element : v) read_nested(element, to);
      pointer = copy.data();
    }
  }

 private:
  template <class V>
  static constexpr void read_nested(V const& v, T*& to) {
    if constexpr (std::is_arithmetic_v<V>) *to++ = static_cast<T>(v);
    else
      for (auto const& element : v) read_nested(element, to);
  }
};

template <class Binding>
inline constexpr bool binds_label = [] {
  if constexpr (is_output<Binding>) return false;
  else return is_label<typename Binding::leaf>;
}();
/// Whether a bound class label, if it is one, is among the classes. False: `wrong` says so.
template <class Binding>
constexpr bool check_class(Binding const& b, error& wrong) {
  if constexpr (binds_label<Binding>) {
    elements_of<number_in<value_bound_by<Binding>>, 1> label;
    label.read(b.value);
    return check_label(*label.pointer, Binding::leaf::argument, wrong);
  } else {
    return true;
  }
}

/// Under which key a call keeps what is bound, and as what.
template <class T, class Binding>
struct slot;
template <class T, fixed_string Name, role_of_leaf Role, int Classes, int... Extents, class Value>
struct slot<T, binding<leaf<Name, Role, Classes, Extents...>, Value>> {
  using key = named<Name>;
  using elements = elements_of<T, (1 * ... * Extents)>;
};
template <class T, int Index, class Memory>
struct slot<T, binding<output_place<Index>, Memory>> {
  using key = output_place<Index>;
  struct elements {
    static constexpr void read(auto const&) {}
  };
};

template <int Index, int Results>
inline constexpr bool is_result = Index < Results;

template <int Index, int Results>
constexpr auto require_result() {
  static_assert(is_result<Index, Results>, "ramp: output_at<i> counts results from 0; the two "
                                           "numbers are i and how many results the function has");
}

template <class Element, class T>
constexpr auto require_memory() {
  static_assert(takes_results_of<Element, T>,
                "ramp: output is bound to memory that can be changed, with elements of the type "
                "that the function computes in: a number, flat array, span, vector or tensor of "
                "double, of float for compile<float>. The two types are that of the memory and "
                "that of the function");
}

/// What a call must get right before anything is instantiated for it.
template <class Source, class T, class... Bindings>
struct call_checks {
  /// How many of the bindings have this name.
  static constexpr int times(std::string_view name) {
    int count = 0;
    [[maybe_unused]] auto one = [&]<class Binding>(std::type_identity<Binding>) {
      if constexpr (!is_output<Binding>) count += Binding::leaf::argument.name == name ? 1 : 0;
    };
    (one(std::type_identity<Bindings>{}), ...);
    return count;
  }
  static constexpr bool bound(std::size_t i) {
    std::string_view const name = program_of<Source>.arguments[i].name;
    return name.empty() || times(name) > 0;
  }
  template <int Index>
  static constexpr int times_written =
      (0 + ... + (output_index<Bindings> == Index ? 1 : 0));

  template <class Binding>
  static constexpr bool known() {
    return index_of_argument<Source>(Binding::leaf::argument.name) >= 0;
  }

  template <class Binding>
  static constexpr bool fits() {
    constexpr value_facts given = facts_of_binding<Binding>;
    if constexpr (is_output<Binding>) {
      constexpr int index = output_index<Binding>;
      constexpr int results = static_cast<int>(program_of<Source>.result_count);
      require_result<index, results>();
      require_bound_once<typename Binding::leaf, times_written<index>>();
      constexpr bool writable = takes_results_of<written_element<Binding>, T>;
      require_memory<written_element<Binding>, T>();
      if constexpr (index < results && writable && given.known)
        require_size<typename Binding::leaf, given.elements,
                     program_of<Source>.roots[index].extents.elements()>();
      return index < results && times_written<index> == 1 && writable;
    } else {
      using leaf = typename Binding::leaf;
      using needed = needed_leaf<Source, leaf>;
      using given_value = value_bound_by<Binding>;
      require_known<leaf, known<Binding>()>();
      require_bound_once<leaf, times(leaf::argument.name)>();
      require_same_name<leaf, needed>();
      require_bindable<leaf, given_value>();
      constexpr int wanted = leaf::shape_of.elements();
      require_size<leaf, size_given<given_value, leaf>, wanted>();
      require_shape<leaf, given_value>();
      constexpr bool right_number =
          !is_label<leaf> || !given.bindable || std::is_integral_v<number_in<given_value>>;
      require_labels<leaf, given_value, right_number>();
      return known<Binding>() && times(leaf::argument.name) == 1 &&
             std::is_same_v<leaf, needed> && given.bindable &&
             size_given<given_value, leaf> == wanted && has_shape_of<given_value, leaf> &&
             right_number;
    }
  }
};

}  // namespace ramp::detail
