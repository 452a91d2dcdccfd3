// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
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
#include <ramp/expr/trace.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/function/execute.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/tensor.hpp>

namespace ramp {

template <class T, class Program>
struct model;

/// Where a result goes that the caller has memory for: `f(x = 0.3, output = span)`, and for several
/// results `output_at<1> = span`.
template <int Index>
struct output_place {
  static constexpr int index = Index;

  template <class Memory>
  constexpr binding<output_place, Memory> operator=(Memory&& memory) const {
    return {std::forward<Memory>(memory)};
  }
};
template <int Index>
inline constexpr output_place<Index> output_at{};
inline constexpr output_place<0> output{};

namespace detail {

template <class T>
inline constexpr int output_index = -1;
template <int Index, class Memory>
inline constexpr int output_index<binding<output_place<Index>, Memory>> = Index;

template <class Binding>
inline constexpr bool is_output = output_index<Binding> >= 0;

template <class Given, class Wanted>
inline constexpr bool are_same_element = std::is_same_v<Given, Wanted>;

/// The i-th argument of a program as a type.
template <class Source, std::size_t I>
constexpr auto argument_name() {
  constexpr std::string_view text = program_of<Source>.arguments[I].name;
  char characters[text.size() + 1]{};
  for (std::size_t c = 0; c < text.size(); ++c) characters[c] = text[c];
  return fixed_string<text.size() + 1>(characters);
}
template <class Source, std::size_t I>
using named_argument = named<argument_name<Source, I>()>;

template <class T, class Source, std::size_t I, std::size_t... D>
constexpr auto result_type(std::index_sequence<D...>) {
  if constexpr (sizeof...(D) == 0) return std::type_identity<T>{};
  else
    return std::type_identity<
        tensor<T, program_of<Source>.roots[I].extents[static_cast<int>(D)]...>>{};
}
/// What root I of a program is to its caller: a number or a tensor.
template <class T, class Source, std::size_t I>
using result_of = typename decltype(result_type<T, Source, I>(
    std::make_index_sequence<static_cast<std::size_t>(
        program_of<Source>.roots[I].extents.rank)>{}))::type;

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
constexpr void require_result() {
  static_assert(is_result<Index, Results>, "ramp: output_at<i> counts results from 0; the two "
                                           "numbers are i and how many results the function has");
}

/// What a call must get right before anything is instantiated for it.
template <class Source, class... Bindings>
struct call_checks {
  static constexpr auto argument_count = program_of<Source>.arguments.size();

  /// How many of the bindings have this name.
  static constexpr int times(std::string_view name) {
    int count = 0;
    auto one = [&]<class Binding>(std::type_identity<Binding>) {
      if constexpr (!is_output<Binding>) count += Binding::leaf::argument.name == name ? 1 : 0;
    };
    (one(std::type_identity<Bindings>{}), ...);
    return count;
  }
  static constexpr bool bound(std::size_t i) {
    std::string_view const name = program_of<Source>.arguments[i].name;
    return name.empty() || times(name) > 0;
  }
  template <class Binding>
  static constexpr bool known() {
    for (ir::argument const& a : program_of<Source>.arguments)
      if (!a.name.empty() && a.name == Binding::leaf::argument.name) return true;
    return false;
  }

  template <class Binding>
  static constexpr bool fits() {
    constexpr value_facts given = facts_of_binding<Binding>;
    if constexpr (is_output<Binding>) {
      constexpr int index = output_index<Binding>;
      constexpr int results = static_cast<int>(program_of<Source>.roots.size());
      require_result<index, results>();
      if constexpr (index < results && given.known)
        require_size<typename Binding::leaf, given.elements,
                     program_of<Source>.roots[index].extents.elements()>();
      return index < results;
    } else {
      using leaf = typename Binding::leaf;
      require_known<leaf, known<Binding>()>();
      require_bound_once<leaf, times(leaf::argument.name)>();
      require_shape<leaf, decltype(Binding::value)>();
      return known<Binding>() && times(leaf::argument.name) == 1 && given.bindable &&
             (!given.known || given.elements == leaf::shape_of.elements());
    }
  }
};

template <class Left, int LeftNumber, int RightNumber>
inline constexpr bool traced_shapes_agree = LeftNumber == RightNumber;

template <class Source, int LeftNumber, int RightNumber>
constexpr void require_traced_shapes() {
  static_assert(traced_shapes_agree<Source, LeftNumber, RightNumber>,
                "ramp: two values in a traced function do not fit together; the two numbers are "
                "their numbers of dimensions, or the first extents that differ");
}

/// What must be right of a program that is compiled without samples.
template <class Source>
constexpr bool check_program() {
  constexpr auto const& program = program_of<Source>;
  constexpr bool names_are_clear = program.clashing_name < 0;
  static_assert(names_are_clear, "ramp: one name stands for two different things (another shape, "
                                 "or variable<...> here and parameter<...> there)");
  constexpr bool has_updates = [] {
    for (lowered_root const& r : program_of<Source>.roots)
      if (r.kind == lowered_kind::update) return true;
    return false;
  }();
  static_assert(!has_updates, "ramp: compile(...) computes values; updates `w <<= ...` belong to a "
                              "training_step");
  constexpr bool has_means = !program.means.empty();
  static_assert(!has_means, "ramp: compile(...) computes one sample; mean_over_batch(...) belongs "
                            "to a training_step");
  if constexpr (program.fault.found)
    require_traced_shapes<Source, program.fault.left, program.fault.right>();
  return names_are_clear && !has_updates && !has_means && !program.fault.found;
}

}  // namespace detail

namespace detail {

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
/// returned. Where a length is known at run time only, the call returns a `result`, and its error
/// names the input; nothing has been written then. Output memory must not overlap with arguments.
/// Allocation: none (an evaluation in a constant expression excepted).
template <class Source, class T>
class function {
 public:
  using value_type = T;
  using source = Source;
  static constexpr std::size_t result_count = detail::program_of<Source>.roots.size();

  constexpr explicit function(detail::numbers<Source::literal_count> const& literals) {
    if constexpr (Source::literal_count > 0)
      for (std::size_t i = 0; i < numbers_.size(); ++i)
        numbers_[i] = static_cast<T>(literals.at[i]);
  }

  /// Many samples, with the parameters of a trained model, into the caller's memory:
  /// `predict(model, image = pictures, output = probabilities)`. Inputs are flat ranges, sample
  /// after sample, of any number of samples; `samples(indices)` selects some of them; each result
  /// is bound to memory for all samples. Errors name the input and the position. Scratch memory
  /// belongs to the thread.
  template <class Program, class... Arguments>
  constexpr result<void> operator()(model<T, Program> const& m,
                                    Arguments const&... bound) const {
    if constexpr (detail::check_prediction<Source, model<T, Program>, Arguments...>()) {
      using prediction = detail::prediction<Source, model<T, Program>>;
      if (std::is_constant_evaluated()) {
        typename prediction::workspace w;
        return prediction::run(m, w, numbers_.data(), bound...);
      }
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
    static_assert((detail::is_binding<Bindings> && ...),
                  "ramp: a compiled function is called with named values, as in f(x = 0.3)");
    if constexpr ((detail::is_binding<Bindings> && ...)) {
      using checks = detail::call_checks<Source, Bindings...>;
      constexpr bool fit = (checks::template fits<Bindings>() && ... && true);
      constexpr bool complete = all_bound<checks>(arguments);
      if constexpr (fit && complete) return call(bindings...);
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
  constexpr auto call(Bindings const&... bindings) const {
    constexpr bool may_fail = (is_dynamic<Bindings> || ...);
    using results = decltype(run(bindings...));
    if constexpr (may_fail) {
      error wrong;
      if (!(check_length(bindings, wrong) && ...)) return result<results>(wrong);
      if constexpr (std::is_void_v<results>) {
        run(bindings...);
        return result<void>();
      } else {
        return result<results>(run(bindings...));
      }
    } else {
      return run(bindings...);
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
  constexpr auto run(Bindings const&... bindings) const {
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
      return finish(pointers.data(), roots, bindings...);
    }(arguments);
  }

  template <std::size_t... I, class... Bindings>
  constexpr auto finish(T const* const* pointers, std::index_sequence<I...>,
                        Bindings const&... bindings) const {
    std::tuple<std::conditional_t<is_returned<I, Bindings...>, detail::result_of<T, Source, I>,
                                  std::tuple<>>...>
        results{};
    std::array<T*, sizeof...(I)> const outputs{
        place_of<I>(std::get<I>(results), bindings...)...};
    detail::execute<Source, T>(pointers, outputs.data());
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
        if constexpr (detail::output_index<Binding> == static_cast<int>(I)) {
          if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(b.value)>>)
            place = &b.value;
          else place = b.value.data();
        }
      };
      (look(bindings), ...);
      return place;
    }
  }

  static constexpr auto numbers_count = static_cast<std::size_t>(Source::literal_count);
  std::array<T, std::max<std::size_t>(numbers_count, 1)> numbers_{};
};

namespace detail {

/// The arguments of `compile`, expressions and policies apart.
template <class Expressions, class... Policies>
struct program_parts;
template <class... Es, class... Policies>
struct program_parts<expressions<Es...>, Policies...> {
  using source = expression_source<expressions<Es...>, Policies...>;
};
template <class... Es, class... Policies, class Next>
constexpr auto operator+(program_parts<expressions<Es...>, Policies...>,
                         std::type_identity<Next>) {
  if constexpr (subgradient_policy<Next>)
    return program_parts<expressions<Es...>, Policies..., Next>{};
  else return program_parts<expressions<Es..., Next>, Policies...>{};
}

template <class... Arguments>
constexpr auto parts_of() {
  return (program_parts<expressions<>>{} + ... + std::type_identity<Arguments>{});
}

template <class T, class Source>
constexpr auto make_function(numbers<Source::literal_count> const& literals) {
  if constexpr (check_program<Source>()) return function<Source, T>(literals);
}

template <class E>
constexpr auto literals_among(E const& e) {
  if constexpr (subgradient_policy<E>) return numbers<0>{};
  else return e.literals;
}

template <class... Arguments>
inline constexpr bool at_most_one_policy =
    (0 + ... + (subgradient_policy<Arguments> ? 1 : 0)) <= 1;

template <class T>
constexpr bool check_compilable() {
  constexpr bool fits = expression<T> || is_expressions<T> || subgradient_policy<T>;
  static_assert(fits, "ramp: compile(...) takes expressions, then at most one policy, or a lambda "
                      "that returns them, as in compile(f, df) or compile([] { return f; }); this "
                      "is something else");
  return fits;
}

template <class T>
constexpr bool check_floating() {
  constexpr bool fits = std::is_same_v<T, float> || std::is_same_v<T, double>;
  static_assert(fits, "ramp: compile<T>(...) computes in float or double");
  return fits;
}

template <class T, class Function, class... Policies>
constexpr auto compile_lambda() {
  require_captureless<Function>();
  if constexpr (std::is_empty_v<Function> && std::is_default_constructible_v<Function>)
    if constexpr (check_compilable<decltype(Function{}())>())
      return make_function<T, lambda_source<Function, Policies...>>({});
}

}  // namespace detail

/// A fused function of all the expressions together; what they share is computed once. Two forms:
///
///     constexpr auto g = compile(f, df);
///     auto [value, slope] = g(x = 0.3);
///
/// and, with a lambda without captures, whose raw numbers are constants to the simplifier and whose
/// symbols are short:
///
///     constexpr auto g = compile<float>([] { return outputs(f, df); });
///
/// T: float or double. A subgradient policy may stand last.
/// Errors: all at compile time; see `function`.
template <class T = double, class First, class... Rest>
constexpr auto compile(First const& first, Rest const&... rest) {
  static_assert(detail::at_most_one_policy<First, Rest...>,
                "ramp: a program has one subgradient policy; two were given to one compile(...). A "
                "policy for a part goes to that part, as in relu(x, at_zero<1.0>) or "
                "gradient(f, wrt(x), symmetric)");
  if constexpr (detail::check_floating<T>() && detail::at_most_one_policy<First, Rest...>) {
    if constexpr (requires { first(); }) {
      static_assert((subgradient_policy<Rest> && ...),
                    "ramp: compile([] { ... }) takes one lambda and at most one policy. Several "
                    "results are outputs(f, df)");
      return detail::compile_lambda<T, First, Rest...>();
    } else if constexpr ((detail::check_compilable<First>() && ... &&
                          detail::check_compilable<Rest>())) {
      using source = typename decltype(detail::parts_of<First, Rest...>())::source;
      return detail::make_function<T, source>(
          detail::joined(detail::literals_among(first), detail::literals_among(rest)...));
    }
  }
}

}  // namespace ramp
