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

/// Whether the caller binds argument `a`.
constexpr bool is_bound_by_caller(ir::argument const& a) {
  return a.kind != role_of_leaf::parameter && a.kind != role_of_leaf::state && !a.name.empty() &&
         a.name != pass::sample_weight_name && a.name != pass::batch_sum_name;
}

/// How many of `Leaves` have this name.
template <class... Leaves>
constexpr int count_name(std::string_view name) {
  return (0 + ... + (Leaves::argument.name == name ? 1 : 0));
}

template <class Program, class... Bindings>
struct sample_call_checks {
  template <class Leaf>
  static constexpr bool known() {
    for (ir::argument const& a : Program::plan.arguments)
      if (is_bound_by_caller(a) && a.name == Leaf::argument.name) return true;
    return false;
  }

  template <std::size_t I>
  static constexpr bool bound() {
    ir::argument const& a = Program::plan.arguments[I];
    return !is_bound_by_caller(a) || ((Bindings::leaf::argument.name == a.name) || ...);
  }

  static constexpr bool check() {
    (require_known<typename Bindings::leaf, known<typename Bindings::leaf>()>(), ...);
    (require_bound_once<typename Bindings::leaf,
                        count_name<typename Bindings::leaf...>(Bindings::leaf::argument.name)>(),
     ...);
    return []<std::size_t... I>(std::index_sequence<I...>) {
      (require_bound<name_at<I>, bound<I>()>(), ...);
      return ((bound<I>() && ...)) && (known<typename Bindings::leaf>() && ...) &&
             ((count_name<typename Bindings::leaf...>(Bindings::leaf::argument.name) == 1) && ...);
    }(std::make_index_sequence<Program::plan.arguments.size()>{});
  }

  template <std::size_t I>
  static constexpr auto name_of() {
    constexpr std::string_view text = Program::plan.arguments[I].name;
    char characters[text.size() + 1]{};
    for (std::size_t c = 0; c < text.size(); ++c) characters[c] = text[c];
    return fixed_string<text.size() + 1>(characters);
  }
  template <std::size_t I>
  using name_at = named<name_of<I>()>;
};

struct nothing {};

/// The data for argument I from the bindings: samples, or a pointer to numbers that are the same
/// for all samples.
template <class Program, std::size_t I, class Numbers, class... Bindings>
constexpr auto datum(Numbers const& numbers, Bindings const&... bindings) {
  using T = typename Program::value_type;
  constexpr ir::argument const& a = Program::plan.arguments[I];
  if constexpr (a.kind == role_of_leaf::number && a.name.empty()) {
    constexpr std::size_t index = [] {
      std::size_t n = 0;
      for (std::size_t i = 0; i < I; ++i)
        n += Program::plan.arguments[i].kind == role_of_leaf::number &&
             Program::plan.arguments[i].name.empty();
      return n;
    }();
    return static_cast<T const*>(numbers.data() + index);
  } else if constexpr (!is_bound_by_caller(a)) {
    return nothing{};
  } else {
    auto found = std::tuple_cat([](auto const& b) {
      using binding_type = std::remove_cvref_t<decltype(b)>;
      if constexpr (binding_type::leaf::argument.name == Program::plan.arguments[I].name) {
        if constexpr (pass::is_per_sample(Program::plan.arguments[I]))
          return std::tuple(as_sample_data<T>(b.value));
        else
          return std::tuple<binding_type const*>(&b);
      } else {
        return std::tuple<>();
      }
    }(bindings)...);
    if constexpr (pass::is_per_sample(a)) {
      return std::get<0>(found);
    } else {
      using leaf = typename std::remove_cvref_t<decltype(*std::get<0>(found))>::leaf;
      constexpr int count = leaf::shape_of.elements();
      elements_of<T, count> e;
      e.read(std::get<0>(found)->value);
      if (e.pointer != nullptr && e.pointer != e.copy.data())
        for (int i = 0; i < count; ++i) e.copy[static_cast<std::size_t>(i)] = e.pointer[i];
      return e.copy;
    }
  }
}

template <class Bound>
constexpr auto pointer_or_data(Bound const& bound) {
  if constexpr (requires { bound.elements; }) return bound;
  else if constexpr (requires { bound.data(); }) return bound.data();
  else return bound;
}

template <class T>
inline constexpr bool is_selection = std::is_same_v<std::remove_cvref_t<T>, selected_samples>;

template <class Program, class Run, class Numbers, class... Bindings>
constexpr auto call_bound(Run const& run, Numbers const& numbers, selected_samples const* selection,
                          std::tuple<Bindings const&...> const& bindings) {
  return std::apply(
      [&](Bindings const&... each) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
          auto const owned = std::tuple(datum<Program, I>(numbers, each...)...);
          auto const data = std::tuple(pointer_or_data(std::get<I>(owned))...);
          return run(data, selection);
        }(std::make_index_sequence<Program::plan.arguments.size()>{});
      },
      bindings);
}

template <class Program, class Tuple>
struct checks_of;
template <class Program, class... Bindings>
struct checks_of<Program, std::tuple<Bindings const&...>>
    : sample_call_checks<Program, Bindings...> {};

/// Checks the bindings of a call, gathers its data and calls run(data, selection).
template <class Program, class... Arguments, class Run, class MakeNumbers>
constexpr auto call_samples(Run const& run, MakeNumbers const& make_numbers,
                            Arguments const&... arguments) {
  static_assert(((is_binding<Arguments> || is_selection<Arguments>)&&...),
                "ramp: this is called with named values, as in image = pixels, and perhaps "
                "samples(indices)");
  selected_samples const* selection = nullptr;
  auto bindings = std::tuple_cat([&](auto const& a) {
    if constexpr (is_selection<decltype(a)>) {
      selection = &a;
      return std::tuple<>();
    } else {
      return std::tuple<decltype(a)>(a);
    }
  }(arguments)...);
  if constexpr (checks_of<Program, decltype(bindings)>::check()) {
    auto const numbers = make_numbers();
    return call_bound<Program>(run, numbers, selection, bindings);
  }
}

}  // namespace ramp::detail
