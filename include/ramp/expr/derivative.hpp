// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>

namespace ramp {

/// The names that a derivative is taken by: `wrt(x)`, `wrt(weight, bias)`.
template <class... Leaves>
struct variables {};

/// No policy: that of the enclosing gradient, else of the program.
struct inherited_policy : policy_base {
  static constexpr kink_policy value{};
};

namespace detail {
template <class... Ts>
inline constexpr bool are_names = (is_leaf<Ts> && ...);
}

template <class... Leaves>
constexpr variables<Leaves...> wrt(Leaves const&...) {
  static_assert(sizeof...(Leaves) > 0, "ramp: wrt() needs a name to derive by, as in wrt(x)");
  static_assert(detail::are_names<Leaves...>,
                "ramp: wrt(...) takes names: variable, input, parameter or hyperparameter. The "
                "derivative by a larger expression is that by a name put in its place");
  return {};
}

namespace detail {

template <std::size_t Count>
constexpr std::vector<int> indices(std::array<value, Count> const& values, std::size_t first,
                                   std::size_t end) {
  std::vector<int> result;
  for (std::size_t i = first; i < end; ++i) result.push_back(ir::materialized(values[i]));
  return result;
}

/// The value of a derivative node, 0 where there is none.
constexpr value present(builder& b, int index, shape const& s) {
  return b.seen(index < 0 ? b.graph.constant(0.0) : index, s);
}

/// Operands: f, then the names. The result is the derivative of f by the I-th of them.
template <std::size_t I, class Policy>
struct gradient_by {
  static constexpr kink_policy inner_policy = Policy::value;

  template <class... Shapes>
  static constexpr shape result(shape const&, Shapes const&... wrt) {
    return std::array<shape, sizeof...(wrt)>{wrt...}[I];
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    auto const wrt = indices(operands, 1, N);
    auto const found = b.reverse(ir::materialized(operands[0]), b.graph.constant(1.0), wrt);
    return present(b, found[I], operands[1 + I].space);
  }
};

/// Operands: f, weights, then the names.
template <std::size_t I, class Policy>
struct vjp_by {
  static constexpr kink_policy inner_policy = Policy::value;

  template <class... Shapes>
  static constexpr shape result(shape const&, shape const&, Shapes const&... wrt) {
    return std::array<shape, sizeof...(wrt)>{wrt...}[I];
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    auto const wrt = indices(operands, 2, N);
    auto const found = b.reverse(ir::full(operands[0]), ir::full(operands[1]), wrt);
    return present(b, found[I], operands[2 + I].space);
  }
};

/// Operands: f, the name, the direction.
template <class Policy>
struct jvp_along {
  static constexpr kink_policy inner_policy = Policy::value;

  static constexpr shape result(shape const& f, shape const&, shape const&) { return f; }
  static constexpr value build(builder& b, std::array<value, 3> const& operands) {
    std::vector<int> const wrt{ir::materialized(operands[1])};
    int const root = ir::materialized(operands[0]);
    auto const found = pass::forward(b.graph, {root}, wrt, {ir::full(operands[2])}, b.policy);
    return present(b, found[0], operands[0].space);
  }
};

constexpr shape joined_shape(shape a, shape const& b) {
  for (int d = 0; d < b.rank; ++d) a = a.appended(b[d]);
  return a;
}

/// Operands: f, the name. One reverse pass for each element of f or one forward pass for each
/// element of the variable, whichever are fewer.
template <class Policy>
struct jacobian_by {
  static constexpr kink_policy inner_policy = Policy::value;

  static constexpr shape result(shape const& f, shape const& x) { return joined_shape(f, x); }

  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    shape const f = operands[0].space;
    shape const x = operands[1].space;
    int const root = ir::full(operands[0]);
    std::vector<int> const wrt{ir::materialized(operands[1])};
    bool const by_rows = f.elements() <= x.elements();
    shape const seeded = by_rows ? f : x;
    shape const moved = by_rows ? x : f;
    // 1. a row (or column) for each unit vector
    int rows = -1;
    for (int i = 0; i < seeded.elements(); ++i) {
      int const seed = unit(b, seeded, i);
      int const found = by_rows ? b.reverse(root, seed, wrt)[0]
                                : pass::forward(b.graph, {root}, wrt, {seed}, b.policy)[0];
      value const row = b.reshaped(present(b, found, moved), joined_shape(shape(1), moved));
      rows = i == 0 ? ir::full(row) : stacked(b, rows, row);
    }
    // 2. the unit vectors were numbered along one axis
    value const all = b.reshaped(b.seen(rows, joined_shape(shape(seeded.elements()), moved)),
                                 joined_shape(seeded, moved));
    if (by_rows) return all;
    std::array<int, max_rank> order{};
    for (int d = 0; d < f.rank + x.rank; ++d)
      order[static_cast<std::size_t>(d)] = d < f.rank ? x.rank + d : d - f.rank;
    return b.permuted(all, order);
  }

 private:
  /// The i-th unit vector in the shape `s`.
  static constexpr int unit(builder& b, shape const& s, int i) {
    if (s.rank == 0) return b.graph.constant(1.0);
    value const numbers = ir::value_of(b.graph, b.graph.iota(s.elements()));
    return ir::full(b.reshaped(b.apply<op::equal>(numbers, b.number(i)), s));
  }
  static constexpr int stacked(builder& b, int rows, value const& row) {
    shape s = b.graph[rows].result_shape();
    value const before = b.seen(rows, s);
    int const count = s[0];
    ++s[0];
    return ir::full(b.moved<op::concatenate>(std::array{before, row}, 0, count, s));
  }
};

template <class F>
inline constexpr bool can_be_derived = operand<F>;
template <class F, int Dimensions>
inline constexpr bool is_scalar = Dimensions == 0;
template <class Of, class V, int Wanted, int Given>
inline constexpr bool is_direction = Given == Wanted || Given == 0;

template <class F>
constexpr void require_expression() {
  static_assert(can_be_derived<F>,
                "ramp: only an expression has a derivative; this is a number or something else. "
                "Start from variable<\"x\">");
}

template <class F, int Dimensions>
constexpr void require_scalar() {
  static_assert(is_scalar<F, Dimensions>,
                "ramp: gradient(f, wrt(x)) needs a scalar f; the number is how many dimensions f "
                "has. Use jacobian(f, wrt(x)), vjp(f, wrt(x), w) or gradient(sum(f), wrt(x))");
}

template <class Of, class V, int Wanted, int Given>
constexpr void require_direction_rank() {
  static_assert(is_direction<Of, V, Wanted, Given>,
                "ramp: the direction of jvp has the shape of x and the weights of vjp that of f; "
                "the two numbers of dimensions are what is wanted and what is given");
}
/// A vector that a Jacobian is multiplied by has the shape of the side it is multiplied from.
template <class Of, class V>
constexpr void require_direction() {
  require_direction_rank<Of, V, rank_of<Of>(), rank_of<V>()>();
  require_equal_shapes<Of, V>();
}

template <template <std::size_t, class> class Function, class Policy, class F, class... Leaves>
constexpr auto by_each(F const& f, variables<Leaves...>, auto const&... seeds) {
  if constexpr (sizeof...(Leaves) == 1) {
    return call<Function<0, Policy>>(f, seeds..., Leaves{}...);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return expressions<decltype(call<Function<I, Policy>>(f, seeds..., Leaves{}...))...>{
          joined(call<Function<I, Policy>>(f, seeds..., Leaves{}...).literals...)};
    }(std::index_sequence_for<Leaves...>{});
  }
}

}  // namespace detail

/// The derivative of a scalar f by x, of the shape of x; by several names one expression for each,
/// `auto [dx, dy] = gradient(f, wrt(x, y))`. An expression again, so derivatives nest to any order.
/// `policy` decides at kinks, unless the operation has a policy of its own.
/// Cost: a small multiple of f for all names together (reverse mode).
template <class F, class... Leaves, subgradient_policy Policy = inherited_policy>
constexpr auto gradient(F const& f, variables<Leaves...> by, Policy = {}) {
  detail::require_expression<F>();
  detail::require_scalar<F, detail::rank_of<F>()>();
  return detail::by_each<detail::gradient_by, Policy>(f, by);
}

/// The derivative of f by one name: `gradient` for a scalar f, `jacobian` otherwise.
template <class F, class Leaf, subgradient_policy Policy = inherited_policy>
constexpr auto derivative(F const& f, variables<Leaf>, Policy = {}) {
  detail::require_expression<F>();
  if constexpr (detail::rank_of<F>() == 0)
    return detail::call<detail::gradient_by<0, Policy>>(f, Leaf{});
  else
    return detail::call<detail::jacobian_by<Policy>>(f, Leaf{});
}

/// How f moves when x moves along `direction`: the product of the Jacobian and a vector of the
/// shape of x, in the shape of f. Cost: a small multiple of f (forward mode).
template <class F, class Leaf, class V, subgradient_policy Policy = inherited_policy>
constexpr auto jvp(F const& f, variables<Leaf>, V const& direction, Policy = {}) {
  detail::require_expression<F>();
  detail::require_operand<V>();
  detail::require_direction<Leaf, V>();
  return detail::call<detail::jvp_along<Policy>>(f, Leaf{}, direction);
}

/// The product of a vector of the shape of f and the Jacobian, in the shape of x.
/// Cost: a small multiple of f (reverse mode).
template <class F, class... Leaves, class W, subgradient_policy Policy = inherited_policy>
constexpr auto vjp(F const& f, variables<Leaves...> by, W const& weights, Policy = {}) {
  detail::require_expression<F>();
  detail::require_operand<W>();
  detail::require_direction<F, W>();
  return detail::by_each<detail::vjp_by, Policy>(f, by, detail::as_expression(weights));
}

/// All partial derivatives, of the shape of f followed by that of x. Cost: that of f times the
/// smaller of the numbers of elements of f and x.
template <class F, class Leaf, subgradient_policy Policy = inherited_policy>
constexpr auto jacobian(F const& f, variables<Leaf>, Policy = {}) {
  detail::require_expression<F>();
  static_assert(detail::rank_of<F>() + detail::rank_of<Leaf>() <= max_rank,
                "ramp: a Jacobian has the dimensions of f and those of x, at most 4 together. Use "
                "reshape<...>(x), jvp or vjp");
  return detail::call<detail::jacobian_by<Policy>>(f, Leaf{});
}

/// The second derivatives of a scalar f, of the shape of x twice: forward over reverse mode.
template <class F, class Leaf, subgradient_policy Policy = inherited_policy>
constexpr auto hessian(F const& f, variables<Leaf> x, Policy policy = {}) {
  return jacobian(gradient(f, x, policy), x, policy);
}

}  // namespace ramp
