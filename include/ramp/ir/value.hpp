// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/ir/graph.hpp>

namespace ramp::ir {

/// A node seen from an iteration space: what derivative rules compute with. Two values of one space
/// combine element by element; a number or a scalar node combines with anything. `none()` is the
/// absent value: a structural zero that vanishes from every sum and product.
struct value {
  graph* owner = nullptr;
  int index = -1;
  axis_map map{};
  shape space{};

  [[nodiscard]] constexpr bool absent() const { return index < 0; }

  /// The elementwise operation `Op` of this and further values of the same space.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value combine(double attribute, Values const&... rest) const {
    return combine_under<Op>(kink_policy{}, attribute, rest...);
  }
  /// The same with a policy for its kinks.
  template <class Op, class... Values>
  [[nodiscard]] constexpr value combine_under(kink_policy policy, double attribute,
                                              Values const&... rest) const {
    static_assert(Op::arity == 1 + static_cast<int>(sizeof...(rest)));
    std::array<value const*, sizeof...(rest) + 1> const all{this, &rest...};
    node n;
    n.operation = code<Op>;
    n.arity = static_cast<std::uint8_t>(all.size());
    n.value = attribute;
    n.policy = policy;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (all[k]->absent()) return {};
      n.operand[k] = all[k]->index;
      n.map[k] = all[k]->map;
      if (all[k]->space.rank >= n.iteration.rank) n.iteration = all[k]->space;
    }
    n.rank = n.iteration.rank;
    int const made = owner->insert(n);
    return {owner, made, axis_map::identity((*owner)[made].rank), n.iteration};
  }

  [[nodiscard]] constexpr value number(double x) const {
    return {owner, owner->constant(x), {}, {}};
  }

  friend constexpr value operator+(value const& a, value const& b) {
    return a.absent() ? b : b.absent() ? a : a.combine<op::add>(0.0, b);
  }
  friend constexpr value operator-(value const& a, value const& b) {
    return b.absent() ? a : a.absent() ? -b : a.combine<op::sub>(0.0, b);
  }
  friend constexpr value operator*(value const& a, value const& b) {
    return a.combine<op::mul>(0.0, b);
  }
  friend constexpr value operator/(value const& a, value const& b) {
    return a.combine<op::div>(0.0, b);
  }
  friend constexpr value operator-(value const& a) { return a.combine<op::neg>(0.0); }
  friend constexpr value operator*(value const& a, double b) { return a * a.number(b); }
  friend constexpr value operator*(double a, value const& b) { return b * b.number(a); }
  friend constexpr value operator-(double a, value const& b) { return b.number(a) - b; }
  friend constexpr value operator-(value const& a, double b) { return a - a.number(b); }
};

/// The result of a node in its own space.
constexpr value value_of(graph& g, int index) {
  return {&g, index, axis_map::identity(g[index].rank), g[index].result_shape()};
}

/// A value as a node of its own, in its own space. A constant stays one number of any shape.
constexpr int materialized(value const& v) { return v.owner->viewed(v.index, v.map, v.space); }

/// The same, but a node that has every element: what operations that move elements read.
constexpr int full(value const& v) {
  int const i = materialized(v);
  graph& g = *v.owner;
  if (!g.is_constant(i) || v.space.rank == 0) return i;
  return g.intern(view_of(i, {}, v.space));
}

/// A tensor of shape `s` that is 1 at element `e` and 0 elsewhere.
constexpr int unit_vector(graph& g, shape const& s, int e) {
  if (s.rank == 0) return g.constant(1.0);
  value const numbers = value_of(g, g.iota(s.elements()));
  node n;
  n.operation = code<op::reshape>;
  n.arity = 1;
  n.rank = s.rank;
  n.iteration = s;
  n.operand[0] = numbers.combine<op::equal>(0.0, numbers.number(e)).index;
  return g.insert(n);
}

/// Makes node `made` operand k of `n`, in the place of one of shape `was`: the same shape, or a
/// constant, which has no dimensions to map.
constexpr void replace_operand(graph& g, node& n, std::size_t k, int made, shape const& was) {
  n.operand[k] = made;
  if (was.rank == 0 || !g.is_constant(made)) return;
  n.map[k] = {};
  // what moves elements needs every one of them
  if (op::reads_whole(n.operation)) n.operand[k] = full({&g, made, {}, was});
}

/// Folds with `Op` over every dimension of `v.space` that `kept` does not name; dimension d of the
/// result is dimension kept[d] of the space. Absent stays absent. `policy`: of this use only.
template <class Op>
constexpr value reduce_to(value const& v, axis_map kept, int kept_rank, kink_policy policy = {}) {
  if (v.absent()) return v;
  if constexpr (code<Op> != code<op::reduce_norm>)
    if (v.space.rank == 0) return v;  // most nodes of a long program
  node n;
  n.operation = code<Op>;
  n.policy = policy;
  n.arity = 1;
  n.rank = kept_rank;
  std::array<int, max_dimensions> position{};
  position.fill(-1);
  for (int d = 0; d < kept_rank; ++d) {
    n.iteration[d] = v.space[kept[d]];
    position[static_cast<std::size_t>(kept[d])] = d;
  }
  int next = kept_rank;
  for (int d = 0; d < v.space.rank; ++d)
    if (position[static_cast<std::size_t>(d)] < 0) {
      n.iteration[next] = v.space[d];
      position[static_cast<std::size_t>(d)] = next++;
    }
  n.iteration.rank = next;
  n.operand[0] = v.index;
  int const rank = (*v.owner)[v.index].rank;
  for (int d = 0; d < rank; ++d) n.map[0].set(d, position[static_cast<std::size_t>(v.map[d])]);
  int const made = v.owner->insert(n);
  return {v.owner, made, axis_map::identity((*v.owner)[made].rank), n.result_shape()};
}

/// A value of the output space of a reduction, repeated along the reduced dimensions.
constexpr value widened(value v, shape const& space) {
  v.space = space;
  return v;
}

}  // namespace ramp::ir
