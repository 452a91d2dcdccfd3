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

template <class Leaf, bool Fits>
inline constexpr bool are_labels = Fits;

template <class Leaf, bool Fits>
constexpr auto require_labels() {
  static_assert(are_labels<Leaf, Fits>,
                "ramp: class labels are integers of 8, 16, 32 or 64 bits, and are not scaled");
}

template <class Leaf, bool Fits>
inline constexpr bool are_samples = Fits;

template <class Leaf, bool Fits>
constexpr auto require_samples() {
  static_assert(are_samples<Leaf, Fits>,
                "ramp: samples are bound as one flat array, span or vector of numbers, sample "
                "after sample");
}

/// What there is to know of the arguments of a call over samples: named values, selections and
/// outputs.
template <class Program, class... Arguments>
struct sample_call_facts {
  using layout = sample_layout<Program>;

  template <class A>
  struct subject {
    using type = A;
  };
  template <class Leaf, class Value>
  struct subject<binding<Leaf, Value>> {
    using type = Leaf;
  };

  static constexpr int times(std::string_view name) {
    return (0 + ... + (name_bound_by<Arguments>() == name ? 1 : 0));
  }
  template <class A>
  static constexpr int times_bound = is_named_value<A> ? times(name_bound_by<A>()) : 1;

  template <class A>
  static constexpr bool is_known = [] {
    bool found = !is_named_value<A>;
    for (std::size_t i : layout::bound)
      found = found || layout::arguments[i].name == name_bound_by<A>();
    return found;
  }();

  template <class A>
  static constexpr bool may_be_samples = [] {
    if constexpr (is_named_value<A>)
      return !pass::is_per_sample(A::leaf::argument) ||
             is_flat<std::remove_cvref_t<decltype(A::value)>>;
    return true;
  }();

  /// How many elements a value has that is the same for all samples, and how many its name stands
  /// for; equal where there is nothing to compare.
  struct sizes {
    int given = 0, wanted = 0;
  };
  template <class A>
  static constexpr sizes sizes_of = [] {
    if constexpr (is_named_value<A>)
      if (!pass::is_per_sample(A::leaf::argument) && facts_of_binding<A>.known)
        return sizes{facts_of_binding<A>.elements, A::leaf::shape_of.elements()};
    return sizes{};
  }();
  template <class A>
  static constexpr bool has_size = sizes_of<A>.given == sizes_of<A>.wanted;

  template <class A>
  static constexpr bool may_be_labels = [] {
    if constexpr (is_named_value<A> && may_be_samples<A>) {
      if constexpr (A::leaf::argument.kind == role_of_leaf::label) {
        using data = decltype(as_sample_data<double>(std::declval<A const&>().value));
        return std::is_integral_v<typename data::element_type> && !data::is_scaled;
      }
    }
    return true;
  }();

  /// Position in layout::bound of the first name that is not bound; their number: none.
  static constexpr std::size_t missing = [] {
    std::size_t j = 0;
    while (j < layout::bound.size() && times(layout::arguments[layout::bound[j]].name) > 0) ++j;
    return j;
  }();
};

/// What must be right of a call over samples before anything else is instantiated for it. Called by
/// what the user calls, so that the reason is within the first lines of an error.
template <class Program, class... Arguments>
constexpr bool check_sample_call() {
  using facts = sample_call_facts<Program, Arguments...>;
  using layout = sample_layout<Program>;
  constexpr bool are_named = ((is_binding<Arguments> || is_selection<Arguments>)&&...);
  static_assert(are_named, "ramp: this is called with named values, as in image = pixels, and "
                           "perhaps samples(indices)");
  constexpr int selections = (0 + ... + (is_selection<Arguments> ? 1 : 0));
  static_assert(selections <= 1, "ramp: a call selects its samples once, by one samples(indices)");
  (require_known<typename facts::template subject<Arguments>::type,
                 facts::template is_known<Arguments>>(),
   ...);
  (require_bound_once<typename facts::template subject<Arguments>::type,
                      facts::template times_bound<Arguments>>(),
   ...);
  (require_samples<typename facts::template subject<Arguments>::type,
                   facts::template may_be_samples<Arguments>>(),
   ...);
  (require_size<typename facts::template subject<Arguments>::type,
                facts::template sizes_of<Arguments>.given,
                facts::template sizes_of<Arguments>.wanted>(),
   ...);
  (require_labels<typename facts::template subject<Arguments>::type,
                  facts::template may_be_labels<Arguments>>(),
   ...);
  constexpr bool complete = facts::missing == layout::bound.size();
  if constexpr (!complete) {
    constexpr std::string_view name = layout::arguments[layout::bound[facts::missing]].name;
    require_bound<named<text_of<name.size()>(name)>, false>();
  }
  return are_named && complete &&
         ((facts::template is_known<Arguments> && facts::template times_bound<Arguments> == 1 &&
           facts::template may_be_samples<Arguments> && facts::template has_size<Arguments> &&
           facts::template may_be_labels<Arguments>)&&...);
}

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
