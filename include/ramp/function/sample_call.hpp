// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <ramp/expr/bind.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/sample_program.hpp>

// From the bindings of a call to the arguments of a program over samples.

namespace ramp::detail {

template <class A>
inline constexpr bool is_selection = std::is_same_v<A, selected_samples>;
template <class A>
inline constexpr bool is_named_value = is_binding<A> && !is_output<A>;

/// The name that an argument of a call binds; empty where it binds none.
template <class A>
constexpr std::string_view name_bound_by() {
  if constexpr (is_named_value<A>) return A::leaf::argument.name;
  else return {};
}

/// What a call over samples must get right. `Arguments`: named values, selections, outputs.
template <class Program, class... Arguments>
struct sample_call_checks {
  using layout = sample_layout<Program>;

  static constexpr int times(std::string_view name) {
    return (0 + ... + (name_bound_by<Arguments>() == name ? 1 : 0));
  }
  static constexpr bool is_known(std::string_view name) {
    for (std::size_t i : layout::bound)
      if (layout::arguments[i].name == name) return true;
    return false;
  }

  template <class A>
  static constexpr bool check_binding() {
    if constexpr (is_named_value<A>) {
      constexpr bool known = is_known(A::leaf::argument.name);
      constexpr int count = times(A::leaf::argument.name);
      require_known<typename A::leaf, known>();
      require_bound_once<typename A::leaf, count>();
      return known && count == 1;
    } else {
      return true;
    }
  }
  template <std::size_t J>
  static constexpr bool check_argument() {
    constexpr std::string_view name = layout::arguments[layout::bound[J]].name;
    constexpr bool found = times(name) > 0;
    require_bound<named<text_of<name.size()>(name)>, found>();
    return found;
  }
  static constexpr bool check() {
    constexpr bool are_named = ((is_binding<Arguments> || is_selection<Arguments>)&&...);
    static_assert(are_named, "ramp: this is called with named values, as in image = pixels, and "
                             "perhaps samples(indices)");
    static_assert((0 + ... + (is_selection<Arguments> ? 1 : 0)) <= 1,
                  "ramp: a call selects its samples once, by one samples(indices)");
    if constexpr (are_named) {
      return []<std::size_t... J>(std::index_sequence<J...>) {
        bool const values = (check_binding<Arguments>() & ... & true);
        return (check_argument<J>() & ... & values);
      }(std::make_index_sequence<layout::bound.size()>{});
    } else {
      return false;
    }
  }
};

/// What a value bound to argument I is to the program.
template <class Program, std::size_t I, class Binding>
constexpr auto datum_of(Binding const& b) {
  using T = typename Program::value_type;
  if constexpr (sample_layout<Program>::is_per_sample(I)) {
    return as_sample_data<T>(b.value);
  } else {
    constexpr int count = Binding::leaf::shape_of.elements();
    require_shape<typename Binding::leaf, decltype(b.value)>();
    fixed_data<T, static_cast<std::size_t>(count)> d{};
    if constexpr (!facts_of_binding<Binding>.known) {
      d.count = b.value.size();
      if (d.count != d.elements.size()) return d;
    }
    elements_of<T, count> read;
    read.read(b.value);
    for (int i = 0; i < count; ++i) d.elements[static_cast<std::size_t>(i)] = read.pointer[i];
    return d;
  }
}

/// Looks for the value bound to argument I among the arguments of a call.
template <class Program, std::size_t I, class First, class... Rest>
constexpr auto datum(First const& first, Rest const&... rest) {
  if constexpr (name_bound_by<First>() == Program::plan.arguments[I].name)
    return datum_of<Program, I>(first);
  else
    return datum<Program, I>(rest...);
}

/// Calls run(data, selection), where `data` is a std::tuple of the sample_data or fixed_data of
/// each argument in layout::bound. The bindings are checked first; nothing else is instantiated for
/// a call that does not fit.
template <class Program, class Run, class... Arguments>
constexpr auto call_samples(Run const& run, Arguments const&... arguments) {
  if constexpr (sample_call_checks<Program, Arguments...>::check()) {
    selected_samples const* selection = nullptr;
    auto look = [&]<class A>(A const& a) {
      if constexpr (is_selection<A>) selection = &a;
    };
    (look(arguments), ...);
    return [&]<std::size_t... J>(std::index_sequence<J...>) {
      return run(std::tuple(datum<Program, sample_layout<Program>::bound[J]>(arguments...)...),
                 selection);
    }(std::make_index_sequence<sample_layout<Program>::bound.size()>{});
  }
}

}  // namespace ramp::detail
