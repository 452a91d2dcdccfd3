// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include <ramp/function/model.hpp>
#include <ramp/function/samples.hpp>
#include <ramp/ir/evaluate.hpp>

namespace ramp::detail {

/// A program over samples by the definition of its nodes: what a constant expression runs, where
/// SIMD kernels cannot. Samples have to fit one tile.
template <class Program>
struct reference {
  using T = typename Program::value_type;
  static constexpr auto const& plan = Program::plan;

  /// Calls f(element of the state, index in row-major order) for each element of argument `a`.
  template <class F>
  static constexpr void for_each_element(std::size_t a, F&& f) {
    shape const& s = plan.arguments[a].extents;
    pass::storage const& at = plan.argument_storage[a];
    for (int e = 0; e < s.elements(); ++e) {
      int rest = e;
      int offset = at.base;
      for (int d = s.rank - 1; d >= 0; --d) {
        offset += at.offset_along(d, rest % s[d]);
        rest /= s[d];
      }
      f(static_cast<std::size_t>(offset), e);
    }
  }

  /// The values of all nodes for one tile; `pointers` are the arguments outside of the state.
  template <class Pointers, class State>
  static constexpr ir::evaluation<T> evaluate(Pointers const& pointers, State const& state) {
    ir::evaluation<T> e;
    int total = 0;
    for (ir::node const& n : plan.nodes) {
      e.offsets.push_back(total);
      total += n.result_shape().elements();
    }
    e.values = std::vector<T>(static_cast<std::size_t>(total), T(0));
    auto compute = [&](int i) {
      ir::node const& n = plan.nodes[static_cast<std::size_t>(i)];
      T* const out = e.values.data() + e.offsets[static_cast<std::size_t>(i)];
      if (n.is(ir::code<op::argument>)) {
        auto const a = static_cast<std::size_t>(n.attribute[0]);
        if (plan.argument_storage[a].where == pass::memory::state) {
          for_each_element(a, [&](std::size_t from, int to) { out[to] = state[from]; });
        } else {
          int const count = n.result_shape().elements();
          for (int j = 0; j < count; ++j) out[j] = pointers[a][j];
        }
        return;
      }
      std::array<T const*, ir::max_operands> x{};
      for (std::size_t k = 0; k < n.arity; ++k) x[k] = e[n.operand[k]];
      ir::detail::evaluate_table<T>[static_cast<std::size_t>(n.operation)](
          {plan.nodes.data(), static_cast<int>(plan.nodes.size())}, n, x.data(), out);
    };
    for (int i = 0; i < static_cast<int>(plan.nodes.size()); ++i)
      if (op::is_leaf(plan.nodes[static_cast<std::size_t>(i)].operation)) compute(i);
    for (int m : plan.scheduled) compute(m);
    return e;
  }

  /// One training step; false: the loss is not finite, and the model as it was.
  template <class Pointers, class Model>
  static constexpr bool step(Pointers const& pointers, Model& m, T& loss) {
    ir::evaluation<T> const e = evaluate(pointers, m.state);
    loss = e[plan.roots[0].node][0];
    if (!is_finite(loss)) return false;
    for (pass::root const& r : plan.roots)
      if (r.kind == pass::root_kind::update)
        for_each_element(static_cast<std::size_t>(r.target), [&](std::size_t to, int from) {
          m.state[to] = e[r.node][from];
        });
    return true;
  }
};

}  // namespace ramp::detail
