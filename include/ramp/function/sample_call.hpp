// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <ramp/expr/bind.hpp>
#include <ramp/function/call.hpp>
#include <ramp/function/sample_program.hpp>
#include <ramp/function/samples.hpp>
#include <ramp/function/source.hpp>
#include <ramp/pass/batch.hpp>

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

/// What there is to know of one argument of a call over samples. A selection is right as it is.
template <class Program, class A>
struct sample_argument {
  using leaf = A;
  using needed = A;
  using value = A;
  static constexpr bool is_known = true;
  static constexpr bool are_labels = true;
  static constexpr bool are_samples = true;
  static constexpr bool is_bindable = true;
  static constexpr bool has_shape = true;
  static constexpr int size = 0;
  static constexpr int needed_size = 0;
  static constexpr bool fits = true;
};
template <class Program, class A>
  requires is_named_value<A>
struct sample_argument<Program, A> {
  using leaf = typename A::leaf;
  using needed = needed_leaf<typename Program::source, leaf>;
  using value = value_bound_by<A>;
  static constexpr bool is_known = [] {
    bool found = false;
    for (std::size_t i : sample_layout<Program>::bound)
      found = found || sample_layout<Program>::arguments[i].name == leaf::argument.name;
    return found;
  }();

  static constexpr bool is_fixed = !pass::is_per_sample(leaf::argument);
  static constexpr bool are_labels =
      !is_label<leaf> ||
      (std::is_integral_v<number_in_samples<value>> && !is_scaled_elements<value>);
  static constexpr bool are_samples =
      is_fixed || is_label<leaf> || !std::is_void_v<number_in_samples<value>>;
  static constexpr bool is_bindable = !is_fixed || can_be_bound<value>;
  static constexpr bool has_shape = !is_fixed || has_shape_of<value, leaf>;
  static constexpr int needed_size = leaf::shape_of.elements();
  static constexpr int size = is_fixed ? size_given<value, leaf> : needed_size;
  static constexpr bool fits = is_known && std::is_same_v<leaf, needed> && are_labels &&
                               are_samples && is_bindable && has_shape && size == needed_size;
};

/// How often names are bound by the arguments of a call over samples: named values, selections and
/// outputs.
template <class Program, class... Arguments>
struct sample_call_facts {
  using layout = sample_layout<Program>;

  static constexpr int times([[maybe_unused]] std::string_view name) {
    return (0 + ... + (name_bound_by<Arguments>() == name ? 1 : 0));
  }
  template <class A>
  static constexpr int times_bound = is_named_value<A> ? times(name_bound_by<A>()) : 1;

  /// Position in layout::bound of the first name that is not bound; their number: none.
  static constexpr std::size_t missing = [] {
    std::size_t j = 0;
    while (j < layout::bound.size() && times(layout::arguments[layout::bound[j]].name) > 0) ++j;
    return j;
  }();
};

/// What must be right of a call over samples before anything else is instantiated for it. Called by
/// what the user calls, and flat, so that the reason is within the first lines of an error.
template <class Program, class... Arguments>
constexpr bool check_sample_call() {
  using facts = sample_call_facts<Program, Arguments...>;
  using layout = sample_layout<Program>;
  constexpr bool are_named = ((is_binding<Arguments> || is_selection<Arguments>)&&...);
  static_assert(are_named, "ramp: this is called with named values, as in image = pixels, and "
                           "perhaps samples(indices)");
  constexpr int selections = (0 + ... + (is_selection<Arguments> ? 1 : 0));
  static_assert(selections <= 1, "ramp: a call selects its samples once, by one samples(indices)");
  (require_known<typename sample_argument<Program, Arguments>::leaf,
                 sample_argument<Program, Arguments>::is_known>(),
   ...);
  (require_bound_once<typename sample_argument<Program, Arguments>::leaf,
                      facts::template times_bound<Arguments>>(),
   ...);
  (require_same_name<typename sample_argument<Program, Arguments>::leaf,
                     typename sample_argument<Program, Arguments>::needed>(),
   ...);
  (require_labels<typename sample_argument<Program, Arguments>::leaf,
                  typename sample_argument<Program, Arguments>::value,
                  sample_argument<Program, Arguments>::are_labels>(),
   ...);
  (require_samples<typename sample_argument<Program, Arguments>::leaf,
                   typename sample_argument<Program, Arguments>::value,
                   sample_argument<Program, Arguments>::are_samples>(),
   ...);
  (require_bindable<typename sample_argument<Program, Arguments>::leaf,
                    typename sample_argument<Program, Arguments>::value,
                    sample_argument<Program, Arguments>::is_bindable>(),
   ...);
  (require_size<typename sample_argument<Program, Arguments>::leaf,
                sample_argument<Program, Arguments>::size,
                sample_argument<Program, Arguments>::needed_size>(),
   ...);
  (require_shape<typename sample_argument<Program, Arguments>::leaf,
                 typename sample_argument<Program, Arguments>::value,
                 sample_argument<Program, Arguments>::has_shape>(),
   ...);
  constexpr bool complete = facts::missing == layout::bound.size();
  if constexpr (!complete) {
    constexpr std::string_view name = layout::arguments[layout::bound[facts::missing]].name;
    require_bound<named<text_of<name.size()>(name)>, false>();
  }
  return are_named && complete &&
         ((sample_argument<Program, Arguments>::fits &&
           facts::template times_bound<Arguments> == 1)&&...);
}

/// What a value bound to argument I is to the program.
template <class Program, std::size_t I, class Binding>
constexpr auto datum_of(Binding const& b) {
  using T = typename Program::value_type;
  if constexpr (sample_layout<Program>::is_per_sample(I)) {
    return as_sample_data<T>(b.value);
  } else {
    constexpr int count = Binding::leaf::shape_of.elements();
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
/// each argument in layout::bound. For calls that passed check_sample_call.
template <class Program, class Run, class... Arguments>
constexpr auto call_samples(Run const& run, Arguments const&... arguments) {
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

}  // namespace ramp::detail
