// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>

namespace ramp {

/// The names that a derivative is taken by: `wrt(x)`, `wrt(weight, bias)`.
template <class... Leaves>
struct variables {};

namespace detail {
template <class T>
inline constexpr bool can_be_derived_by = false;
template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
inline constexpr bool can_be_derived_by<leaf<Name, Role, Classes, Extents...>> =
    Role != role_of_leaf::label;
}

template <class... Leaves>
constexpr variables<Leaves...> wrt(Leaves const&...) {
  static_assert(sizeof...(Leaves) > 0, "ramp: wrt() needs a name to derive by, as in wrt(x)");
  static_assert((detail::can_be_derived_by<Leaves> && ...),
                "ramp: wrt(...) takes names: variable, input, parameter or hyperparameter. The "
                "derivative by a larger expression is that by a name put in its place");
  return {};
}

namespace detail {

template <std::size_t Count>
constexpr list<int> indices(std::array<value, Count> const& values, std::size_t first,
                            std::size_t end) {
  list<int> result;
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
    list<int> const wrt{ir::materialized(operands[1])};
    int const root = ir::materialized(operands[0]);
    b.require_no_mean(root);
    auto const found = pass::forward(b.graph, {root}, wrt, {ir::full(operands[2])}, b.policy);
    return present(b, found[0], operands[0].space);
  }
};

constexpr shape joined_shape(shape a, shape const& b) {
  for (int d = 0; d < b.rank; ++d) a = a.appended(b[d]);
  return a;
}

/// Operands: f, the name. One derivative of f, by reverse mode or by forward mode, whichever needs
/// fewer seeds, for all unit vectors together: the seed is an input with one unit vector a sample,
/// and batching does the rest.
template <class Policy>
struct jacobian_by {
  static constexpr kink_policy inner_policy = Policy::value;

  static constexpr shape result(shape const& f, shape const& x) { return joined_shape(f, x); }

  static constexpr value build(builder& b, std::array<value, 2> const& operands) {
    shape const f = operands[0].space;
    shape const x = operands[1].space;
    int const root = ir::full(operands[0]);
    int const wrt = ir::materialized(operands[1]);
    b.require_no_mean(root);
    bool const by_rows = f.elements() <= x.elements();
    shape const seeded = by_rows ? f : x;
    shape const moved = by_rows ? x : f;
    // 1. the derivative for one seed, in a graph of its own where only the seed is per sample
    ir::graph single = b.graph;
    for (ir::argument& a : single.arguments) a.kind = ir::argument_kind::variable;
    int const seed = static_cast<int>(single.arguments.size());
    single.arguments.push_back({"seed", ir::argument_kind::input, seeded, 0});
    int const seed_node = single.argument_node(seed);
    // no conditional expression: g++ 12 mistakes the lifetime of its temporaries
    list<int> const source{wrt}, target{root}, moves{seed_node};
    list<int> roots;
    if (by_rows) roots = pass::reverse(single, target, moves, source, b.policy);
    else roots = pass::forward(single, target, source, moves, b.policy);
    shape const stacked = joined_shape(shape(seeded.elements()), moved);
    if (roots[0] < 0) return present(b, -1, result(f, x));
    // 2. for all seeds, back in the graph of the program
    list<char> per_sample;
    single = pass::eliminate_dead_code(single, roots);
    ir::graph const all = pass::batch(single, roots, per_sample, seeded.elements());
    int const rows = imported(b, all, seed, unit_vectors(b, seeded), roots[0]);
    value const numbered = b.reshaped(b.seen(rows, stacked), joined_shape(seeded, moved));
    if (by_rows) return numbered;
    std::array<int, max_rank> order{};
    for (int d = 0; d < f.rank + x.rank; ++d)
      order[static_cast<std::size_t>(d)] = d < f.rank ? x.rank + d : d - f.rank;
    return b.permuted(numbered, order);
  }

 private:
  /// All unit vectors of shape `s`, one after the other.
  static constexpr int unit_vectors(builder& b, shape const& s) {
    shape const square(s.elements(), s.elements());
    int const numbers = b.graph.iota(s.elements());
    axis_map along_columns;
    along_columns.set(0, 1);
    value const row{&b.graph, numbers, axis_map{}, square};
    value const column{&b.graph, numbers, along_columns, square};
    value const identity = b.apply<op::equal>(row, column);
    return ir::full(b.reshaped(identity, joined_shape(shape(s.elements()), s)));
  }

  /// Node `root` of another graph with the same arguments, but for one that is a node here.
  static constexpr int imported(builder& b, ir::graph const& from, int seed, int seed_node,
                                int root) {
    list<int> renumbered;
    for (int i = 0; i <= root; ++i) {
      node n = from[i];
      if (n.is(code<op::argument>)) {
        renumbered.push_back(n.attribute[0] == seed ? seed_node
                                                    : b.graph.argument_node(n.attribute[0]));
        continue;
      }
      for (std::size_t k = 0; k < n.arity; ++k)
        n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
      renumbered.push_back(b.graph.insert(n));
    }
    return renumbered[static_cast<std::size_t>(root)];
  }
};

template <class F>
inline constexpr bool can_be_derived = operand<F>;
template <class F, int Dimensions>
inline constexpr bool is_scalar = Dimensions == 0;
template <class Of, class V, int Wanted, int Given>
inline constexpr bool is_direction = Given == Wanted;

template <class F>
constexpr auto require_expression() {
  static_assert(can_be_derived<F>,
                "ramp: only an expression has a derivative; this is a number or something else. "
                "Start from variable<\"x\">");
}

template <class F, int Dimensions>
constexpr auto require_scalar() {
  static_assert(is_scalar<F, Dimensions>,
                "ramp: gradient(f, wrt(x)) needs a scalar f; the number is how many dimensions f "
                "has. Use jacobian(f, wrt(x)), vjp(f, wrt(x), w) or gradient(sum(f), wrt(x))");
}

/// A vector that a Jacobian is multiplied by has the shape of the side it is multiplied from.
template <class Of, class V, int Wanted = fault_of_shape<Of, V>().left,
          int Given = fault_of_shape<Of, V>().right>
constexpr auto require_direction() {
  static_assert(is_direction<Of, V, Wanted, Given>,
                "ramp: the direction of jvp has the shape of x and the weights of vjp that of f, "
                "or are a scalar; the two numbers are how many dimensions are wanted and given, or "
                "the first extents that differ. Use reshape<...>(v) or slice");
}

template <class F, class Leaf, int Dimensions, int DimensionsOfLeaf>
inline constexpr bool has_jacobian = Dimensions + DimensionsOfLeaf <= max_rank;
template <class F, class Leaf, int Dimensions = rank_of<F>(),
          int DimensionsOfLeaf = rank_of<Leaf>()>
constexpr auto require_jacobian() {
  static_assert(has_jacobian<F, Leaf, Dimensions, DimensionsOfLeaf>,
                "ramp: a Jacobian has the dimensions of f and those of x, which are the two "
                "numbers, at most 4 together. Use reshape<...>(x), jvp or vjp");
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
template <class F, class... Leaves, choice_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto gradient(F const& f, variables<Leaves...> by, Policy = {}) {
  detail::require_expression<F>();
  detail::require_scalar<F, detail::rank_of<F>()>();
  return detail::by_each<detail::gradient_by, Policy>(f, by);
}

/// The derivative of f by one name: `gradient` for a scalar f, `jacobian` otherwise.
template <class F, class Leaf, choice_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto derivative(F const& f, variables<Leaf>, Policy = {}) {
  detail::require_expression<F>();
  if constexpr (detail::rank_of<F>() == 0)
    return detail::call<detail::gradient_by<0, Policy>>(f, Leaf{});
  else
    return detail::call<detail::jacobian_by<Policy>>(f, Leaf{});
}

/// How f moves when x moves along `direction`: the product of the Jacobian and a vector of the
/// shape of x, in the shape of f. Cost: a small multiple of f (forward mode). Like a Jacobian, it
/// belongs inside of mean_over_batch(...).
template <class F, class Leaf, class V, subgradient_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto jvp(F const& f, variables<Leaf>, V const& direction, Policy = {}) {
  detail::require_choice<Policy>();
  detail::require_expression<F>();
  detail::require_operands<V>();
  detail::require_direction<Leaf, V>();
  return detail::call<detail::jvp_along<Policy>>(f, Leaf{}, direction);
}

/// The product of a vector of the shape of f and the Jacobian, in the shape of x.
/// Cost: a small multiple of f (reverse mode).
template <class F, class... Leaves, class W, subgradient_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto vjp(F const& f, variables<Leaves...> by, W const& w, Policy = {}) {
  detail::require_choice<Policy>();
  detail::require_expression<F>();
  detail::require_operands<W>();
  detail::require_direction<F, W>();
  return detail::by_each<detail::vjp_by, Policy>(f, by, detail::as_expression(w));
}

/// All partial derivatives, of the shape of f followed by that of x. Cost: that of f times the
/// smaller of the numbers of elements of f and x; for the compiler, that of one derivative.
/// Only gradients pass through mean_over_batch(...); a Jacobian or Hessian belongs inside of it,
/// mean_over_batch(hessian(loss, wrt(w))), and a program that has it outside does not compile.
template <class F, class Leaf, subgradient_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto jacobian(F const& f, variables<Leaf>, Policy = {}) {
  detail::require_choice<Policy>();
  detail::require_expression<F>();
  detail::require_jacobian<F, Leaf>();
  return detail::call<detail::jacobian_by<Policy>>(f, Leaf{});
}

/// The second derivatives of a scalar f, of the shape of x twice: forward over reverse mode.
template <class F, class Leaf, subgradient_policy Policy = inherited_policy>
[[nodiscard]] constexpr auto hessian(F const& f, variables<Leaf> x, Policy policy = {}) {
  detail::require_choice<Policy>();
  return jacobian(gradient(f, x, policy), x, policy);
}

}  // namespace ramp
