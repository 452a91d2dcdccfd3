// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/expression.hpp>

namespace ramp {

/// Directions that decide at kinks, of one expression for each name of a gradient: the first for
/// all names, then the second, and so on.
template <int Directions, class... Vs>
struct directed_policy : policy_base {
  expressions<Vs...> along;

  static constexpr int directions = Directions;
};

/// A gradient that is right along a direction: `gradient(f, wrt(x), directional(v))`, with several
/// names `gradient(f, wrt(x, y), directional(v, w))`, an expression or number for each, a scalar or
/// of its shape. An operand on a kink counts as on the side to which v moves it: relu at 0 has
/// slope 1 if its operand grows along v, 0 if it falls. The gradient g at x has g.v = f'(x; v), the
/// one-sided derivative of f along v, if f is composed of functions that have one; and where v
/// settles every tie (see `unsettled_ties`), g is in the Clarke subdifferential. Ties that it does
/// not settle, since nothing on the kink moves, follow the policy in force; an operation with a
/// policy of its own keeps that.
/// Cost: one forward sweep along v more than a gradient.
template <class... Vs>
constexpr auto directional(Vs const&... vs) {
  detail::require_operands<Vs...>();
  return directed_policy<1, decltype(detail::as_expression(vs))...>{
      {}, {detail::joined(detail::as_expression(vs).literals...)}};
}

namespace detail {

template <int First, int... Others>
inline constexpr bool are_equally_many = ((First == Others) && ...);

/// The directions `all`, then more.
template <int Directions, class... Vs>
constexpr directed_policy<Directions, Vs...> one_after_the_other(
    directed_policy<Directions, Vs...> const& all) {
  return all;
}
template <int Directions, class... Vs, class... Ws, class... Rest>
constexpr auto one_after_the_other(directed_policy<Directions, Vs...> const& all,
                                   directed_policy<1, Ws...> const& next, Rest const&... rest) {
  return one_after_the_other(
      directed_policy<Directions + 1, Vs..., Ws...>{
          {}, {joined(all.along.literals, next.along.literals)}},
      rest...);
}

}  // namespace detail

/// `directional` along several directions in turn: what the first leaves on a kink counts as on the
/// side to which the second moves it, and so on. `lexicographic` takes the unit vectors of all
/// names, in the order of wrt(...) and row-major; `lexicographic(directional(v), directional(w))`
/// the given ones. Directions that span the whole space settle every tie that matters: what none of
/// them moves has derivative 0, and what competes has one derivative. So the gradient is in the
/// Clarke subdifferential of any composition of piecewise differentiable functions, up to rounding
/// of what is compared.
/// Cost, for the compiler and at run time: a forward sweep for each direction.
struct lexicographic_policy : directed_policy<0> {
  template <class... Vs, class... More>
  constexpr auto operator()(directed_policy<1, Vs...> const& first, More const&... more) const {
    constexpr auto names = static_cast<int>(sizeof...(Vs));
    static_assert(detail::are_equally_many<names, decltype(more.along)::size...>,
                  "ramp: lexicographic(directional(v), ...) takes directions that all have one "
                  "expression for each name");
    return detail::one_after_the_other(first, more...);
  }
};
inline constexpr lexicographic_policy lexicographic{};

namespace detail {

/// Operand `names` nodes of f, its names and the directions, by direction and name.
template <int Names, int Directions, std::size_t N>
constexpr list<list<int>> directions_of(builder& b,
                                        std::array<value, N> const& operands) {
  list<list<int>> all;
  if constexpr (Directions > 0) {
    for (std::size_t first = 1 + Names; first < N; first += Names)
      all.push_back(indices<N>(operands, first, first + Names));
    return all;
  }
  for (std::size_t j = 0; j < Names; ++j) {
    shape const& s = operands[1 + j].space;
    for (int e = 0; e < s.elements(); ++e) {
      all.push_back(list<int>(Names, -1));
      all.back()[j] = ir::unit_vector(b.graph, s, e);
    }
  }
  return all;
}

template <int Names, int Directions, std::size_t N>
constexpr builder::directed_sweep const& sweep_along(builder& b,
                                                     std::array<value, N> const& operands) {
  return b.reverse_along(ir::materialized(operands[0]), indices(operands, 1, 1 + Names),
                         directions_of<Names, Directions>(b, operands));
}

/// Operands: f, the names, then an expression for each name and direction. The result is the
/// derivative of f by the I-th name.
template <int I, int Names, int Directions>
struct gradient_along {
  static constexpr kink_policy inner_policy{};  // inherited
  static constexpr bool is_directed = true;

  template <class... Shapes>
  static constexpr shape result(shape const&, Shapes const&... names_and_directions) {
    return std::array<shape, sizeof...(Shapes)>{names_and_directions...}[I];
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    return present(b, sweep_along<Names, Directions>(b, operands).gradient[I],
                   operands[1 + I].space);
  }
};

/// The same operands. The result is the number of ties that no direction settles.
template <int Names, int Directions>
struct ties_along {
  static constexpr kink_policy inner_policy{};
  static constexpr bool is_directed = true;

  template <class... Shapes>
  static constexpr shape result(Shapes const&...) {
    return {};
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    auto const& sweep = sweep_along<Names, Directions>(b, operands);
    return b.seen(pass::unsettled_ties(b.graph, sweep.root, sweep.wrt, sweep.along, sweep.policy),
                  {});
  }
};

template <int Names, int Given>
inline constexpr bool is_one_for_each_name = Names == Given;

template <int Names, int Given>
constexpr bool require_direction_of_each() {
  static_assert(is_one_for_each_name<Names, Given>,
                "ramp: directional(v, w) takes one direction for each name of wrt(x, y); the two "
                "numbers are how many names there are and how many directions are given");
  return Names == Given;
}

template <class Of, class V, int Wanted, int Given>
inline constexpr bool is_direction_of = Wanted == Given;

template <class Of, class V, int Wanted = fault_of_shape<Of, V>().left,
          int Given = fault_of_shape<Of, V>().right>
constexpr auto require_direction_of() {
  static_assert(is_direction_of<Of, V, Wanted, Given>,
                "ramp: a direction has the shape of its name or is a scalar; the two numbers are "
                "how many dimensions they have, or the first extents that differ");
}

/// What must be right of directions: one expression for each name, of its shape.
template <class... Leaves, int Directions, class... Vs, std::size_t... I>
constexpr auto check_directions(variables<Leaves...>, directed_policy<Directions, Vs...>,
                                std::index_sequence<I...>) {
  constexpr int names = static_cast<int>(sizeof...(Leaves));
  constexpr int all = static_cast<int>(sizeof...(Vs));
  if constexpr (Directions == 0) {
    return std::true_type{};
  } else if constexpr (require_direction_of_each<names, all / Directions>()) {
    (require_direction_of<nth<I % names, Leaves...>, Vs>(), ...);
    return std::true_type{};
  } else {
    return std::false_type{};
  }
}

template <class Function, class F, class... Leaves, class... Vs>
constexpr auto call_along(F const& f, variables<Leaves...>, expressions<Vs...> const& along) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return call<Function>(f, Leaves{}..., get<I>(along)...);
  }(std::index_sequence_for<Vs...>{});
}

}  // namespace detail

/// The derivative of a scalar f, chosen at kinks by directions: see `directional` and
/// `lexicographic`. Like a Jacobian, it belongs inside of mean_over_batch(...).
template <class F, class... Leaves, int Directions, class... Vs>
[[nodiscard]] constexpr auto gradient(F const& f, variables<Leaves...> by,
                        directed_policy<Directions, Vs...> const& policy) {
  detail::require_expression<F>();
  detail::require_scalar<F, detail::rank_of<F>()>();
  constexpr auto names = static_cast<int>(sizeof...(Leaves));
  using checked = decltype(detail::check_directions(by, policy, std::index_sequence_for<Vs...>{}));
  if constexpr (checked::value) {
    return [&]<int... I>(std::integer_sequence<int, I...>) {
      auto const by_name = [&]<int J>(std::integral_constant<int, J>) {
        return detail::call_along<detail::gradient_along<J, names, Directions>>(f, by,
                                                                                policy.along);
      };
      if constexpr (names == 1) return by_name(std::integral_constant<int, 0>{});
      else
        return expressions<decltype(by_name(std::integral_constant<int, I>{}))...>{
            detail::joined(by_name(std::integral_constant<int, I>{}).literals...)};
    }(std::make_integer_sequence<int, names>{});
  }
}

template <class F, class Leaf, int Directions, class... Vs>
[[nodiscard]] constexpr auto derivative(F const& f, variables<Leaf> by,
                          directed_policy<Directions, Vs...> const& policy) {
  return gradient(f, by, policy);
}

/// How many elements of kinked operations, between the names and f, are on a kink that none of the
/// directions settles: a scalar, as `gradient(f, wrt(x), directional(v))` counts it. 0: that
/// gradient is in the Clarke subdifferential, and does not depend on the policy in force. Under
/// `lexicographic` such ties have no say. Jumps (of comparisons, say) are no kinks.
template <class F, class... Leaves, int Directions, class... Vs>
[[nodiscard]] constexpr auto unsettled_ties(F const& f, variables<Leaves...> by,
                              directed_policy<Directions, Vs...> const& policy) {
  detail::require_expression<F>();
  detail::require_scalar<F, detail::rank_of<F>()>();
  constexpr auto names = static_cast<int>(sizeof...(Leaves));
  using checked = decltype(detail::check_directions(by, policy, std::index_sequence_for<Vs...>{}));
  if constexpr (checked::value)
    return detail::call_along<detail::ties_along<names, Directions>>(f, by, policy.along);
}

}  // namespace ramp
