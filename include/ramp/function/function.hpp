// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/hana/at_key.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/type.hpp>

#include <ramp/core/result.hpp>
#include <ramp/expr/bind.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/function/call.hpp>
#include <ramp/function/execute.hpp>
#include <ramp/function/output.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/tensor.hpp>
#include <ramp/function/trap.hpp>

namespace ramp {

template <class T, class Program>
struct model;

namespace detail {

template <class Given, class Wanted>
inline constexpr bool are_same_element = std::is_same_v<Given, Wanted>;

// function/predict.hpp
template <class Source, class Model>
class prediction;
template <class Source, class Model, class... Arguments>
constexpr bool check_prediction();
template <class Workspace>
Workspace& thread_workspace();

}  // namespace detail

/// A compiled function: made by `compile`, called with bindings in any order.
///
/// Arguments are bound by name to numbers, arrays, `std::array`, `tensor`, spans or vectors, in
/// row-major order; elements of another type are converted. One result is returned as a number or
/// `tensor`, several as a `std::tuple`. A result whose `output` is bound is written there, and not
/// returned. Where a length is known at run time only, or a class label is bound, which may be out
/// of range, the call returns a `result`, and its error names the input; nothing has been written
/// then. Output memory must not overlap with arguments.
///
/// NaN and infinities among the arguments are no error here: they go through the formula as IEEE
/// 754 says, for a caller may want to see what becomes of them. Training steps and predictions, to
/// which data comes in bulk, refuse them.
/// Allocation: none (an evaluation in a constant expression excepted).
template <class Source, class T>
class function {
 public:
  using value_type = T;
  using source = Source;
  static constexpr std::size_t result_count = detail::program_of<Source>.result_count;
  /// The counters of a program under `trap`, of which the caller owns as many as needed.
  using traps = trap_counters<Source>;

  constexpr explicit function(detail::numbers<Source::literal_count> const& literals) {
    if constexpr (Source::literal_count > 0)
      for (std::size_t i = 0; i < numbers_.size(); ++i)
        numbers_[i] = static_cast<T>(literals.at[i]);
  }

  /// Many samples, with the parameters of a trained model, into the caller's memory:
  /// `predict(model, image = pictures, output = probabilities)`. Inputs are flat ranges, sample
  /// after sample, of any number of samples; `samples(indices)` selects some of them; each result
  /// is bound to memory for all samples. Scratch memory belongs to the thread.
  ///
  /// Errors name the input and the position. Lengths, selected indices and what all samples share
  /// are checked before anything is written; elements and labels when they are used, 32 samples at
  /// a time in the order of the call, since to check them beforehand is to read all data twice. If
  /// one of these is wrong or a trap stops the call, the results of the blocks before are written,
  /// and what all samples share if there was one.
  template <class Program, class... Arguments>
  constexpr result<void> operator()(model<T, Program> const& m,
                                    Arguments const&... bound) const {
    if constexpr (detail::check_prediction<Source, model<T, Program>, Arguments...>()) {
      using prediction = detail::prediction<Source, model<T, Program>>;
      if (__builtin_is_constant_evaluated()) {
        typename prediction::workspace w;
        return prediction::run(m, w, numbers_.data(), bound...);
      }
      detail::require_no_counters<Source>();
      return prediction::run(m, detail::thread_workspace<typename prediction::workspace>(),
                             numbers_.data(), bound...);
    } else {
      return error{};
    }
  }
  /// Scratch memory of predictions with a model.
  template <class Model>
  using workspace = typename detail::prediction<Source, Model>::workspace;

  /// The same in scratch memory of the caller.
  template <class Program, class... Arguments>
  constexpr result<void> operator()(model<T, Program> const& m, workspace<model<T, Program>>& w,
                                    Arguments const&... bound) const {
    if constexpr (detail::check_prediction<Source, model<T, Program>, Arguments...>())
      return detail::prediction<Source, model<T, Program>>::run(m, w, numbers_.data(), bound...);
    else
      return error{};
  }

  template <class Element, class Program, class... Arguments>
    requires(!std::is_same_v<Element, T>)
  constexpr result<void> operator()(model<Element, Program> const&, Arguments const&...) const {
    static_assert(detail::are_same_element<Element, T>,
                  "ramp: the function computes in another element type than the model: "
                  "compile<float>(...) for a model of training_step<float>(...)");
    return {};
  }

  template <class... Bindings>
  constexpr auto operator()(Bindings const&... bindings) const {
    constexpr bool counts_nothing = !detail::counts_traps<Source>;
    static_assert(counts_nothing,
                  "ramp: a function compiled with trap counts in memory of the caller: "
                  "decltype(f)::traps traps; f(traps, x = 0.3). With trap_and_stop it needs none");
    static_assert((detail::is_binding<Bindings> && ...),
                  "ramp: a compiled function is called with named values, as in f(x = 0.3)");
    if constexpr (counts_nothing && (detail::is_binding<Bindings> && ...)) {
      // not by way of the other overload: errors are to be seen in few lines
      using checks = detail::call_checks<Source, T, Bindings...>;
      constexpr bool fit = (checks::template fits<Bindings>() && ... && true);
      constexpr bool complete = all_bound<checks>(arguments);
      traps none;
      if constexpr (fit && complete) return call(none, bindings...);
    }
  }

  /// The same, and counts what the program hits of its traps. Under trap_and_stop the call returns
  /// a `result`, and its error names the place; no result has been written then.
  template <class... Bindings>
  constexpr auto operator()(traps& hits, Bindings const&... bindings) const {
    static_assert((detail::is_binding<Bindings> && ...),
                  "ramp: a compiled function is called with named values, as in f(x = 0.3)");
    if constexpr ((detail::is_binding<Bindings> && ...)) {
      using checks = detail::call_checks<Source, T, Bindings...>;
      constexpr bool fit = (checks::template fits<Bindings>() && ... && true);
      constexpr bool complete = all_bound<checks>(arguments);
      if constexpr (fit && complete) return call(hits, bindings...);
    }
  }

 private:
  static constexpr auto roots = std::make_index_sequence<result_count>{};
  static constexpr auto arguments =
      std::make_index_sequence<detail::program_of<Source>.arguments.size()>{};

  template <class Checks, std::size_t... I>
  static constexpr bool all_bound(std::index_sequence<I...>) {
    (detail::require_bound<detail::named_argument<Source, I>, Checks::bound(I)>(), ...);
    return (Checks::bound(I) && ... && true);
  }

  template <class Binding>
  static constexpr bool is_dynamic = !detail::facts_of_binding<Binding>.known;

  template <std::size_t I, class... Bindings>
  static constexpr bool is_returned =
      ((detail::output_index<Bindings> != static_cast<int>(I)) && ...);

  template <class... Bindings>
  constexpr auto call(traps& hits, Bindings const&... bindings) const {
    constexpr bool stops = detail::stops_at_traps<Source>;
    constexpr bool may_fail =
        stops || ((is_dynamic<Bindings> || detail::binds_label<Bindings>) || ...);
    std::size_t stopped = no_position;
    using results = decltype(run(hits, stopped, bindings...));
    if constexpr (may_fail) {
      error wrong;
      if (!((check_length(bindings, wrong) && detail::check_class(bindings, wrong)) && ...))
        return result<results>(wrong);
      auto finished = [&] {
        if constexpr (std::is_void_v<results>) {
          run(hits, stopped, bindings...);
          return result<void>();
        } else {
          return result<results>(run(hits, stopped, bindings...));
        }
      }();
      if constexpr (stops)
        if (stopped != no_position) finished = detail::stopped_at<Source>(stopped);
      return finished;
    } else {
      return run(hits, stopped, bindings...);
    }
  }

  template <class Binding>
  static constexpr bool check_length(Binding const& b, error& wrong) {
    if constexpr (is_dynamic<Binding>) {
      std::int64_t expected = 0;
      std::string_view name = "output";
      if constexpr (detail::is_output<Binding>) {
        constexpr auto index = static_cast<std::size_t>(detail::output_index<Binding>);
        expected = detail::program_of<Source>.roots[index].extents.elements();
      } else {
        expected = Binding::leaf::shape_of.elements();
        name = Binding::leaf::argument.name;
      }
      auto const actual = static_cast<std::int64_t>(b.value.size());
      if (actual == expected) return true;
      wrong = error{.kind = error_kind::wrong_length, .name = name, .expected = expected,
                    .actual = actual};
      return false;
    } else {
      return true;
    }
  }

  template <class... Bindings>
  constexpr auto run(traps& hits, std::size_t& stopped, Bindings const&... bindings) const {
    namespace hana = boost::hana;
    // filled in place, because an element may hold a pointer into itself
    auto named = hana::make_map(
        hana::make_pair(hana::type_c<typename detail::slot<T, Bindings>::key>,
                        typename detail::slot<T, Bindings>::elements{})...);
    (named[hana::type_c<typename detail::slot<T, Bindings>::key>].read(bindings.value), ...);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      auto pointer = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) -> T const* {
        if constexpr (J < numbers_count) return &numbers_[J];
        else return named[hana::type_c<detail::named_argument<Source, J>>].pointer;
      };
      std::array<T const*, sizeof...(I) + 1> const pointers{
          pointer(std::integral_constant<std::size_t, I>{})..., nullptr};
      if constexpr (traps::size() > 0 && numbers_count > 0) {
        detail::numbers<Source::literal_count> shown{};
        for (std::size_t i = 0; i < numbers_count; ++i)
          shown.at[i] = static_cast<double>(numbers_[i]);
        hits.set_numbers(shown);
      }
      return finish(pointers.data(), hits, stopped, roots, bindings...);
    }(arguments);
  }

  template <std::size_t... I, class... Bindings>
  constexpr auto finish(T const* const* pointers, traps& hits, std::size_t& stopped,
                        std::index_sequence<I...>, Bindings const&... bindings) const {
    std::tuple<std::conditional_t<is_returned<I, Bindings...>, detail::result_of<T, Source, I>,
                                  std::tuple<>>...>
        results{};
    std::array<T*, sizeof...(I)> const outputs{
        place_of<I>(std::get<I>(results), bindings...)...};
    stopped = detail::execute<Source, T>(pointers, outputs.data(), hits);
    constexpr int returned = (0 + ... + (is_returned<I, Bindings...> ? 1 : 0));
    auto all = std::tuple_cat(returned_part<is_returned<I, Bindings...>>(std::get<I>(results))...);
    if constexpr (returned > 1) return all;
    else if constexpr (returned == 1) return std::get<0>(all);
  }

  template <bool Returned, class Result>
  static constexpr auto returned_part(Result const& value) {
    if constexpr (Returned) return std::tuple<Result>(value);
    else return std::tuple<>();
  }

  template <std::size_t I, class Result, class... Bindings>
  static constexpr T* place_of(Result& own, Bindings const&... bindings) {
    if constexpr (is_returned<I, Bindings...>) {
      if constexpr (std::is_same_v<Result, T>) return &own;
      else return own.data();
    } else {
      T* place = nullptr;
      auto look = [&]<class Binding>(Binding const& b) {
        if constexpr (detail::output_index<Binding> == static_cast<int>(I))
          place = detail::first_written(b.value);
      };
      (look(bindings), ...);
      return place;
    }
  }

  static constexpr auto numbers_count = static_cast<std::size_t>(Source::literal_count);
  std::array<T, numbers_count == 0 ? 1 : numbers_count> numbers_{};
};

}  // namespace ramp
