// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/core/list.hpp>
#include <ramp/function/samples.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::detail {

/// A program over samples by the definition of its nodes: what a constant expression runs, where
/// SIMD kernels cannot.
template <class Program>
class reference {
 public:
  using T = typename Program::value_type;

  constexpr reference() {
    int total = 0;
    for (ir::node const& n : plan.nodes) {
      values_.offsets.push_back(total);
      total += n.result_shape().elements();
    }
    values_.values = list<T>(static_cast<std::size_t>(total), T(0));
  }

  /// Computes all nodes for the next tile. `pointers` are the arguments outside of the state. Sums
  /// over samples go on from the tile before.
  template <class Pointers, class State>
  constexpr void run_tile(Pointers const& pointers, State const& state) {
    for (int i = 0; i < static_cast<int>(plan.nodes.size()); ++i) {
      ir::node const& n = node(i);
      if (n.is(ir::code<op::argument>)) read_argument(n, pointers, state, value(i));
      else if (op::is_leaf(n.operation)) compute(n, value(i));
    }
    for (int i : plan.scheduled) {
      ir::node const& n = node(i);
      T* const out = value(i);
      bool const goes_on = plan.placements[static_cast<std::size_t>(i)].over_samples;
      list<T> const before(out, goes_on ? out + n.result_shape().elements() : out);
      compute(n, out);
      for (std::size_t j = 0; j < before.size(); ++j) out[j] += before[j];
    }
  }

  /// The elements of a node, row-major, after the last tile.
  [[nodiscard]] constexpr T const* operator[](int i) const { return values_[i]; }

  /// Writes the new values that the updates of the program computed.
  template <class State>
  constexpr void update(State& state) const {
    for (pass::root const& r : plan.roots) {
      if (r.kind != pass::root_kind::update) continue;
      auto const target = static_cast<std::size_t>(r.target);
      shape const& s = plan.arguments[target].extents;
      for (int e = 0; e < s.elements(); ++e)
        state[static_cast<std::size_t>(plan.argument_storage[target].offset_of(s, e))] =
            values_[r.node][e];
    }
  }

 private:
  static constexpr auto const& plan = Program::plan;

  static constexpr ir::node const& node(int i) { return plan.nodes[static_cast<std::size_t>(i)]; }
  constexpr T* value(int i) {
    return values_.values.data() + values_.offsets[static_cast<std::size_t>(i)];
  }

  template <class Pointers, class State>
  static constexpr void read_argument(ir::node const& n, Pointers const& pointers,
                                      State const& state, T* out) {
    auto const a = static_cast<std::size_t>(n.attribute[0]);
    pass::storage const& at = plan.argument_storage[a];
    int const count = n.result_shape().elements();
    for (int e = 0; e < count; ++e)
      out[e] = at.where == pass::memory::state
                   ? state[static_cast<std::size_t>(at.offset_of(plan.arguments[a].extents, e))]
                   : pointers[a][e];
  }

  constexpr void compute(ir::node const& n, T* out) const {
    std::array<T const*, ir::max_operands> x{};
    for (std::size_t k = 0; k < n.arity; ++k) x[k] = values_[n.operand[k]];
    constexpr ir::node_list all{plan.nodes.data(), static_cast<int>(plan.nodes.size())};
    ir::detail::evaluate_table<T, all.operations()>[static_cast<std::size_t>(n.operation)](
        all, n, x.data(), out);
  }

  ir::evaluation<T> values_;
};

}  // namespace ramp::detail
