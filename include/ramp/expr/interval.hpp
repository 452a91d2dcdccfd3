// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/expression.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/interval.hpp>

namespace ramp {
namespace detail {

/// Operands: f, then the names. The result is a bound of the derivatives of f by the I-th of them.
template <std::size_t I, bool Upper>
struct bound_by {
  static constexpr kink_policy inner_policy{kink_rule::interval, 0.0};

  template <class... Shapes>
  static constexpr shape result(shape const&, Shapes const&... wrt) {
    return std::array<shape, sizeof...(wrt)>{wrt...}[I];
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    int const root = ir::materialized(operands[0]);
    pass::bounds const& found = bounds_of(b, root, indices(operands, 1, N))[I];
    return present(b, (Upper ? found.upper : found.lower).index, operands[1 + I].space);
  }

 private:
  // a template, so that only programs that ask for bounds pay for what finds them
  template <class Builder>
  static constexpr list<pass::bounds> const& bounds_of(Builder& b, int root,
                                                       list<int> const& wrt) {
    for (builder::interval_gradient const& known : b.interval_gradients)
      if (known.root == root && known.wrt == wrt) return known.found;
    b.require_no_mean(root);
    // on a copy: weights that are not numbers stay there
    auto scratch = b.graph;
    list<pass::bounds> found =
        pass::gradient_bounds(scratch, root, wrt, b.faults.unbounded);
    list<int> ends;
    for (pass::bounds const& f : found)
      for (int end : {f.lower.index, f.upper.index}) ends.push_back(end < 0 ? root : end);
    ir::graph const live = pass::eliminate_dead_code(scratch, ends);
    list<int> renumbered;
    for (node n : live.nodes) {
      for (std::size_t k = 0; k < n.arity; ++k) n.operand[k] = renumbered[n.operand[k]];
      renumbered.push_back(b.graph.intern(n));
    }
    std::size_t next = 0;
    for (pass::bounds& f : found)
      for (int* end : {&f.lower.index, &f.upper.index}) {
        int const moved = renumbered[ends[next++]];
        if (*end >= 0) *end = moved;
      }
    b.interval_gradients.push_back({root, wrt, found});
    return b.interval_gradients.back().found;
  }
};

template <std::size_t I, class F, class... Leaves>
constexpr auto bounds_by(F const& f) {
  auto const lower = call<bound_by<I, false>>(f, Leaves{}...);
  auto const upper = call<bound_by<I, true>>(f, Leaves{}...);
  return expressions<std::remove_const_t<decltype(lower)>, std::remove_const_t<decltype(upper)>>{
      joined(lower.literals, upper.literals)};
}

}  // namespace detail

/// Bounds of the derivative of a scalar f by x, each of the shape of x:
/// `auto [lower, upper] = gradient(f, wrt(x), interval)`, by several names a pair for each,
/// `auto [dx, dy] = gradient(f, wrt(x, y), interval)`. They enclose Clarke's subdifferential, and
/// whatever rounding may hide of it: all is rounded outward. What another policy gives outside of
/// them is wrong. They are tight where no number enters in several ways; [0, 1] for relu(x) at 0;
/// equal up to rounding where there is no kink.
/// f: of operations that are locally Lipschitz and state their bounds, else the program does not
/// compile; so no derivative at a kink within. Branches of `where` that meet are to be equal there.
/// A NaN bound, where infinities met, is none. Like a Jacobian, it belongs inside of
/// mean_over_batch(...). Cost: about ten times f and its gradient.
template <class F, class... Leaves>
[[nodiscard]] constexpr auto gradient(F const& f, variables<Leaves...>, interval_policy) {
  detail::require_expression<F>();
  detail::require_scalar<F, detail::rank_of<F>()>();
  if constexpr (sizeof...(Leaves) == 1) {
    return detail::bounds_by<0, F, Leaves...>(f);
  } else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return expressions<decltype(detail::bounds_by<I, F, Leaves...>(f))...>{
          detail::joined(detail::bounds_by<I, F, Leaves...>(f).literals...)};
    }(std::index_sequence_for<Leaves...>{});
  }
}

template <class F, class Leaf>
[[nodiscard]] constexpr auto derivative(F const& f, variables<Leaf> by, interval_policy policy) {
  return gradient(f, by, policy);
}

}  // namespace ramp
