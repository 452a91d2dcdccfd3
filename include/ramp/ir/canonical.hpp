// SPDX-License-Identifier: BSL-1.0
#pragma once

// The canonical form that graph::insert establishes. Included by ir/graph.hpp.

#include <array>
#include <cstdint>
#include <utility>

#include <ramp/ir/constant_folding.hpp>
#include <ramp/ir/graph.hpp>

namespace ramp::ir {
namespace detail {

/// Whether an operation gives 1 or 0 and nothing else.
constexpr bool is_condition(opcode c) {
  return c == code<op::less> || c == code<op::less_equal> || c == code<op::equal> ||
         c == code<op::not_equal> || c == code<op::logical_and> || c == code<op::logical_or> ||
         c == code<op::logical_not>;
}

}  // namespace detail

constexpr int graph::insert(node n) {
  for (std::size_t k = 0; k < n.arity; ++k) {
    node const& source = (*this)[n.operand[k]];
    if (!source.is(code<op::view>)) continue;
    // a view's operand is never a view, so one step suffices; layout copies read through maps too
    if (!op::is_elementwise(n.operation) && !op::is_reduction(n.operation) &&
        !n.is(code<op::contract>) && !n.is(code<op::view>) && !op::is_matrix(n.operation))
      continue;
    int const inner = source.operand[0];
    n.map[k] = n.map[k].after(source.map[0], (*this)[inner].rank);
    n.operand[k] = inner;
  }
  if (op::is_elementwise(n.operation)) return insert_elementwise(n);
  if (n.is(code<op::sum>)) return insert_sum(n);
  if (n.is(code<op::reduce_norm>) && n.reduced() == 0) {  // of one element
    n.operation = code<op::abs>;
    return insert_elementwise(n);
  }
  if (op::is_reduction(n.operation) && n.reduced() == 0)
    return viewed(n.operand[0], n.map[0], n.iteration);
  op::category const kind = op::facts_of(n.operation).kind;
  if (kind == op::category::layout) return insert_layout(n);
  if (kind == op::category::scan && n.extent(n.attribute[0]) == 1) return n.operand[0];
  return intern(n);
}

constexpr int graph::insert_elementwise(node& n) {
  bool all_constant = true;
  for (std::size_t k = 0; k < n.arity; ++k)
    all_constant = all_constant && is_constant(n.operand[k]);
  if (all_constant) {
    std::array<double, 3> x{};
    for (std::size_t k = 0; k < n.arity; ++k) x[k] = (*this)[n.operand[k]].value;
    return constant(apply_elementwise(n.operation, x, n.value));
  }
  int const a = n.operand[0];
  int const b = n.operand[1];
  auto left = [&] { return viewed(a, n.map[0], n.iteration); };
  auto right = [&] { return viewed(b, n.map[1], n.iteration); };
  // a sign moves to the result only where that costs nothing: not from a vector to a matrix
  auto negated = [&](std::size_t k) {
    node const& o = (*this)[n.operand[k]];
    return o.is(code<op::neg>) && o.rank == n.rank;
  };
  auto drop_sign = [&](std::size_t k) {
    node const& o = (*this)[n.operand[k]];
    n.map[k] = n.map[k].after(o.map[0], (*this)[o.operand[0]].rank);
    n.operand[k] = o.operand[0];
  };
  opcode const c = n.operation;
  if (c == code<op::add>) {
    if (is_constant(a, 0.0)) return right();
    if (is_constant(b, 0.0)) return left();
    if ((*this)[b].is(code<op::neg>)) {  // a + (-x)  ->  a - x
      n.operation = code<op::sub>;
      drop_sign(1);
      return insert_elementwise(n);
    }
    if (negated(0)) {  // -x + b  ->  b - x
      drop_sign(0);
      n.operation = code<op::sub>;
      std::swap(n.operand[0], n.operand[1]);
      std::swap(n.map[0], n.map[1]);
      return insert_elementwise(n);
    }
    if (double const times = multiple(n); times != 0.0) {  // a + a  ->  2 * a
      n.operation = code<op::mul>;
      n.operand[1] = constant(times);
      n.map[1] = {};
      return insert_elementwise(n);
    }
  } else if (c == code<op::sub>) {
    if (is_constant(b, 0.0)) return left();
    if ((*this)[b].is(code<op::neg>)) {  // a - (-x)  ->  a + x
      n.operation = code<op::add>;
      drop_sign(1);
      return insert_elementwise(n);
    }
    if (negated(0)) {  // -x - b  ->  -(x + b)
      n.operation = code<op::add>;
      drop_sign(0);
      return negative_of(n);
    }
  } else if (c == code<op::mul>) {
    if (is_constant(a, 1.0)) return right();
    if (is_constant(b, 1.0)) return left();
    if (is_constant(a)) {  // a constant factor stands second
      n.operand[0] = b;
      n.operand[1] = a;
      n.map[0] = n.map[1];
      n.map[1] = {};
    }
    if (is_constant(n.operand[1], -1.0)) {
      n.operation = code<op::neg>;
      n.arity = 1;
      n.operand[1] = -1;
      return insert_elementwise(n);
    }
    for (std::size_t k = 0; k < 2; ++k)
      if (negated(k)) {  // (-x) * b  ->  -(x * b)
        drop_sign(k);
        return negative_of(n);
      }
    node const& first = (*this)[n.operand[0]];
    if (is_constant(n.operand[1]) && first.is(code<op::mul>) && is_constant(first.operand[1])) {
      double const x = (*this)[first.operand[1]].value;
      double const y = (*this)[n.operand[1]].value;
      if (detail::product_is_exact(x, y)) {  // (u * 2) * 3  ->  u * 6
        int const u = first.operand[0];
        n.map[0] = n.map[0].after(first.map[0], (*this)[u].rank);
        n.operand = {u, constant(x * y), -1};
        return insert_elementwise(n);
      }
    }
  } else if (c == code<op::div>) {
    if (is_constant(b, 1.0)) return left();
    for (std::size_t k = 0; k < 2; ++k)
      if (negated(k)) {  // -x / b  ->  -(x / b)
        drop_sign(k);
        return negative_of(n);
      }
  } else if (c == code<op::neg>) {
    if ((*this)[a].is(code<op::neg>)) {
      int const inner = (*this)[a].operand[0];
      return viewed(inner, n.map[0].after((*this)[a].map[0], (*this)[inner].rank), n.iteration);
    }
  } else if (c == code<op::pow>) {
    if (is_constant(b, 0.0)) return constant(1.0);  // also for a NaN, as IEEE has it
    if (is_constant(b, 1.0)) return left();
    if (is_constant(b, 2.0)) {
      n.operation = code<op::mul>;
      n.operand[1] = a;
      n.map[1] = n.map[0];
      return insert_elementwise(n);
    }
  } else if (c == code<op::not_equal> || c == code<op::equal>) {
    // a condition is 1 or 0 already
    if (is_constant(b, 0.0) && detail::is_condition((*this)[a].operation)) {
      if (c == code<op::not_equal>) return left();
      n.operation = code<op::logical_not>;
      n.arity = 1;
      n.operand[1] = -1;
      n.map[1] = {};
    }
  }
  return intern(n);
}

/// How often a + b is a, if b is a, or either of them 2 * the other: 2 or 3, which round once as
/// the sum does. Else 0; otherwise operand 0 of `n` is what is multiplied.
constexpr double graph::multiple(node& n) const {
  if (n.operand[0] == n.operand[1] && n.map[0] == n.map[1]) return 2.0;
  for (std::size_t k = 0; k < 2; ++k) {
    node const& twice = (*this)[n.operand[k]];
    if (!twice.is(code<op::mul>) || !is_constant(twice.operand[1], 2.0)) continue;
    axis_map const map = n.map[k].after(twice.map[0], (*this)[twice.operand[0]].rank);
    if (twice.operand[0] != n.operand[1 - k] || map != n.map[1 - k]) continue;
    n.operand[0] = n.operand[1 - k];
    n.map[0] = n.map[1 - k];
    return 3.0;
  }
  return 0.0;
}

/// -n, of an elementwise node that has not been inserted.
constexpr int graph::negative_of(node& n) {
  int const positive = insert_elementwise(n);
  node negative;
  negative.operation = code<op::neg>;
  negative.arity = 1;
  negative.rank = n.rank;
  negative.iteration = n.iteration;
  negative.operand[0] = positive;
  negative.map[0] = axis_map::identity((*this)[positive].rank);
  return insert(negative);
}

constexpr int graph::insert_sum(node& n) {
  node const source = (*this)[n.operand[0]];
  // 1. a dimension along which the operand does not vary contributes its extent as a factor
  std::uint32_t varying = 0;
  for (int d = 0; d < source.rank; ++d) varying |= 1u << n.map[0][d];
  double factor = 1.0;
  int kept = n.rank;
  std::array<int, max_dimensions> renumbered{};
  for (int d = 0; d < n.iteration.rank; ++d) {
    renumbered[static_cast<std::size_t>(d)] = d < n.rank ? d : kept;
    if (d < n.rank) continue;
    if ((varying >> d & 1u) == 0) {
      factor *= n.iteration[d];
    } else {
      n.iteration[kept++] = n.iteration[d];
    }
  }
  if (kept != n.iteration.rank) {
    for (int d = kept; d < n.iteration.rank; ++d) n.iteration[d] = 0;
    n.iteration.rank = kept;
    axis_map m;
    for (int d = 0; d < source.rank; ++d)
      m.set(d, renumbered[static_cast<std::size_t>(n.map[0][d])]);
    n.map[0] = m;
    if (is_constant(n.operand[0])) return constant(factor * source.value);
    int const plain = insert_sum(n);
    node product;
    product.operation = code<op::mul>;
    product.arity = 2;
    product.rank = n.rank;
    product.iteration = n.result_shape();
    product.operand = {plain, constant(factor), -1};
    product.map[0] = axis_map::identity((*this)[plain].rank);
    return insert_elementwise(product);
  }
  if (n.reduced() == 0) return viewed(n.operand[0], n.map[0], n.iteration);

  // 2. the sum of a product is a contraction if every summed dimension runs through both factors
  //    and at least one output dimension through only one of them
  if (source.is(code<op::mul>)) {
    std::uint32_t seen[2] = {0, 0};
    for (std::size_t k = 0; k < 2; ++k) {
      int const rank = (*this)[source.operand[k]].rank;
      for (int d = 0; d < rank; ++d) seen[k] |= 1u << n.map[0][source.map[k][d]];
    }
    std::uint32_t const outputs = (1u << n.rank) - 1;
    std::uint32_t const all = (1u << n.iteration.rank) - 1;
    bool const shared = ((seen[0] & seen[1]) | outputs) == all;
    bool const partial = ((seen[0] ^ seen[1]) & outputs) != 0;
    if (shared && partial) {
      n.operation = code<op::contract>;
      n.arity = 2;
      axis_map const outer = n.map[0];
      for (std::size_t k = 0; k < 2; ++k) {
        n.operand[k] = source.operand[k];
        n.map[k] = outer.after(source.map[k], (*this)[source.operand[k]].rank);
      }
      return intern(n);
    }
  }

  // 3. a sum of a sum is one sum over more dimensions; so is a sum of a contraction, if what is
  //    summed runs through both factors (else it is cheaper to sum the one factor first)
  bool mergeable = source.is(code<op::sum>);
  if (source.is(code<op::contract>)) {
    std::uint32_t both = ~0u;
    for (std::size_t k = 0; k < 2; ++k) {
      std::uint32_t seen = 0;
      for (int d = 0; d < (*this)[source.operand[k]].rank; ++d) seen |= 1u << source.map[k][d];
      both &= seen;
    }
    mergeable = true;
    for (int d = 0; d < source.rank; ++d)
      if (n.map[0][d] >= n.rank && (both >> d & 1u) == 0) mergeable = false;
  }
  if (mergeable && n.iteration.rank + source.reduced() <= max_dimensions) {
    axis_map outer = n.map[0];
    int next = n.iteration.rank;
    for (int d = source.rank; d < source.iteration.rank; ++d) {
      n.iteration[next] = source.iteration[d];
      outer.set(d, next++);
    }
    n.iteration.rank = next;
    n.operation = source.operation;
    n.arity = source.arity;
    for (std::size_t k = 0; k < source.arity; ++k) {
      n.operand[k] = source.operand[k];
      n.map[k] = outer.after(source.map[k], (*this)[source.operand[k]].rank);
    }
    return intern(n);
  }
  return intern(n);
}

}  // namespace ramp::ir
