// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/pass/differentiate.hpp>

namespace ramp::pass {

namespace detail {

constexpr value is_finite(value const& a) {
  return (a - a).combine<op::equal>(0.0, a.number(0.0));
}
/// Of each matrix that a matrix operation takes or makes, whether `a` is 1 everywhere.
constexpr value everywhere(node const& n, value const& a) {
  int const rank = ir::batch_rank(n);
  return ir::reduce_to<op::reduce_min>(a, axis_map::identity(rank), rank);
}

}  // namespace detail

/// What the rules `kink` and `outside` in `op/` see of a node: operands and result as in derivative
/// rules, and conditions on them, which are 1 or 0.
struct trap_rule : rule {
  using rule::rule;

  /// An operation in the space of its operands, which may be that of the results of a reduction.
  template <class Op, class... Values>
  [[nodiscard]] static constexpr value made(value const& a, Values const&... rest) {
    return a.combine<Op>(0.0, rest...);
  }

  /// Where `a` is 0, or not farther from it than the policy says.
  [[nodiscard]] constexpr value near(value const& a) const {
    if (policy.s == 0.0) return is(a, 0.0);
    return at_most(made<op::abs>(a), policy.s);
  }
  /// Where `a` is `b`, likewise. Equal infinities have no difference.
  [[nodiscard]] constexpr value near(value const& a, value const& b) const {
    value const same = made<op::equal>(a, b);
    return policy.s == 0.0 ? same : either(same, near(made<op::sub>(a, b)));
  }
  /// Of a reduction: the results into which several elements are folded of which `p` holds.
  [[nodiscard]] constexpr value several(value const& p) const {
    value const count = ir::reduce_to<op::sum>(p, axis_map::identity(at->rank), at->rank);
    return made<op::less>(constant(1.0), count);
  }

  [[nodiscard]] constexpr value is(value const& a, double number) const {
    return made<op::equal>(a, constant(number));
  }
  [[nodiscard]] constexpr value below(value const& a, double bound) const {
    return made<op::less>(a, constant(bound));
  }
  [[nodiscard]] constexpr value at_most(value const& a, double bound) const {
    return made<op::less_equal>(a, constant(bound));
  }
  [[nodiscard]] constexpr value at_least(value const& a, double bound) const {
    return apply<op::less_equal>(constant(bound), a);
  }
  [[nodiscard]] constexpr value is_whole(value const& a) const {
    return made<op::equal>(a, made<op::floor>(a));
  }
  [[nodiscard]] constexpr value either(value const& p, value const& q) const {
    if (owner->is_constant(p.index, 0.0)) return q;
    if (owner->is_constant(q.index, 0.0)) return p;
    return made<op::logical_or>(p, q);
  }
  [[nodiscard]] constexpr value both(value const& p, value const& q) const {
    if (owner->is_constant(p.index, 0.0)) return p;
    if (owner->is_constant(q.index, 0.0)) return q;
    return made<op::logical_and>(p, q);
  }
  /// Of a matrix operation: the matrices of the batch whose result is not finite if it is a number,
  /// has a NaN if it is a matrix, although all elements of the operands are finite.
  [[nodiscard]] constexpr value undefined() const {
    node const& n = *at;
    value const result = ir::value_of(*owner, y.index);
    bool const is_number = n.rank == ir::batch_rank(n);
    value const good =
        is_number ? detail::is_finite(result)
                  : detail::everywhere(n, result.combine<op::equal>(0.0, result));
    value hit = good.combine<op::logical_not>(0.0);
    for (int i = 0; i < n.arity; ++i) {
      value const operand{owner, n.operand[i], ir::matrix_map(n, i, (*owner)[n.operand[i]].rank),
                          ir::matrix_shape(n, i)};
      hit = hit.combine<op::logical_and>(0.0, detail::everywhere(n, detail::is_finite(operand)));
    }
    return hit;
  }
  [[nodiscard]] constexpr bool is_integer(int i) const {
    double const number = (*owner)[at->operand[static_cast<std::size_t>(i)]].value;
    return is_constant(i) && math::floor(number) == number;
  }
};

namespace detail {

struct kink_rule_of {
  template <class Op>
  static constexpr value of(trap_rule const& r) {
    if constexpr (requires { Op::kink(r); }) return Op::kink(r);
    else return {};
  }
};
struct domain_rule_of {
  template <class Op>
  static constexpr value of(trap_rule const& r) {
    if constexpr (requires { Op::outside(r); }) return Op::outside(r);
    else return {};
  }
};

using trap_function = value (*)(trap_rule const&);

/// By opcode; absent where an operation has no such rule.
template <class Which, class... Ops>
constexpr auto make_trap_rules(op::operation_list<Ops...>) {
  return small_array<trap_function, sizeof...(Ops)>{{&Which::template of<Ops>...}};
}

}  // namespace detail
}  // namespace ramp::pass
