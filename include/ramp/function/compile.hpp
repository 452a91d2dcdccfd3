// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <ramp/expr/call.hpp>
#include <ramp/expr/misuse.hpp>
#include <ramp/expr/trace.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/function/function.hpp>
#include <ramp/function/source.hpp>

namespace ramp {

namespace detail {

/// What must be right of a program that is compiled without samples.
template <class Source>
constexpr bool check_program() {
  constexpr auto const& program = program_of<Source>;
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
  return !has_updates && !has_means;
}

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
  if constexpr (subgradient_policy<T>) return require_choice<T>();
  else return fits;
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
[[nodiscard]] constexpr auto compile(First const& first, Rest const&... rest) {
  static_assert(detail::at_most_one_policy<First, Rest...>,
                "ramp: a program has one subgradient policy; two were given to one compile(...). A "
                "policy for a part goes to that part, as in relu(x, at_zero<1.0>) or "
                "gradient(f, wrt(x), symmetric)");
  if constexpr (detail::check_floating<T>() && detail::at_most_one_policy<First, Rest...>) {
    if constexpr (requires { first(); }) {
      static_assert((subgradient_policy<Rest> && ...),
                    "ramp: compile([] { ... }) takes one lambda and at most one policy. Several "
                    "results are outputs(f, df)");
      detail::require_captureless<First>();
      if constexpr (detail::is_captureless<First>)
        if constexpr ((detail::check_compilable<decltype(First{}())>() && ... &&
                       detail::check_compilable<Rest>())) {
          using source = detail::lambda_source<First, Rest...>;
          if constexpr (detail::check_lowered<source>())
            if constexpr (detail::check_program<source>())
              return function<source, T>(detail::numbers<0>{});
        }
    } else if constexpr ((detail::check_compilable<First>() && ... &&
                          detail::check_compilable<Rest>())) {
      using source = typename decltype(detail::parts_of<First, Rest...>())::source;
      if constexpr (detail::check_lowered<source>())
        if constexpr (detail::check_program<source>())
          return function<source, T>(
              detail::joined(detail::literals_among(first), detail::literals_among(rest)...));
    }
  }
}
template <class... T>
constexpr auto compile() {
  return detail::misuse<"compile(f, df)", "compile([] { return f; })">(T{}...);
}

}  // namespace ramp
