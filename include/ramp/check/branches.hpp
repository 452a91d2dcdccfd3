// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <ramp/ir/evaluate.hpp>

namespace ramp::check {

using ir::graph;
using ir::node;

/// The piece of every kinked operation, element by element, on which a point lies, and whether it
/// is in the domain of each operation that has one. Two points with the same pieces are connected
/// by a smooth function, if nothing happens between them.
struct pieces {
  std::vector<std::int32_t> active;
  bool on_kink = false;   // some operation is at the border of two pieces
  bool in_domain = true;  // of every operation

  friend bool operator==(pieces const& a, pieces const& b) { return a.active == b.active; }
};

namespace detail {

template <class Op>
concept has_domain = requires(double const* x) { Op::in_domain(x); };

/// The offset into operand k that iteration `at` (row-major, of the node's whole space) reads.
inline int operand_offset(graph const& g, node const& n, std::size_t k, int at) {
  node const& source = g[n.operand[k]];
  std::array<int, max_dimensions> position{};
  for (int d = n.iteration.rank - 1; d >= 0; --d) {
    position[static_cast<std::size_t>(d)] = at % n.extent(d);
    at /= n.extent(d);
  }
  int offset = 0;
  for (int d = 0; d < source.rank; ++d)
    offset = offset * source.extent(d) + position[static_cast<std::size_t>(n.map[k][d])];
  return offset;
}

template <class Op>
void collect(graph const& g, node const& n, ir::evaluation<double> const& e, int index,
             pieces& out) {
  constexpr bool is_reduction = Op::kind == op::category::reduction;
  if constexpr (op::matrix_operation<Op>) {  // outside of their domain they are not finite
    bool finite = true;
    for (int i = 0; i < n.result_shape().elements(); ++i)
      finite = finite && math::isfinite(e[index][i]);
    out.active.push_back(finite ? 1 : -1);
    out.in_domain = out.in_domain && finite;
  } else if constexpr (op::kinked<Op> || has_domain<Op>) {
    int const count = n.result_shape().elements();
    int const folded = n.iteration.elements() / count;
    for (int i = 0; i < count; ++i) {
      std::int32_t winner = 0;
      int ties = 0;
      for (int r = 0; r < folded; ++r) {
        std::array<double, ir::max_operands> x{};
        for (std::size_t k = 0; k < n.arity; ++k)
          x[k] = e[n.operand[k]][operand_offset(g, n, k, i * folded + r)];
        if constexpr (is_reduction) {
          x[1] = e[index][i];
          if (Op::branch(x.data()) == 0) {
            winner = r + 1;
            ++ties;
          }
        } else if constexpr (op::kinked<Op>) {
          out.active.push_back(Op::branch(x.data()));
          out.on_kink = out.on_kink || out.active.back() == 0;
        }
        if constexpr (has_domain<Op>) {
          out.active.push_back(Op::in_domain(x.data()) ? 1 : -1);
          out.in_domain = out.in_domain && out.active.back() == 1;
        }
      }
      if constexpr (is_reduction) {
        out.active.push_back(ties == 1 ? winner : -ties);
        out.on_kink = out.on_kink || ties > 1;
      }
    }
  }
}

using collect_function = void (*)(graph const&, node const&, ir::evaluation<double> const&, int,
                                  pieces&);

template <class... Ops>
constexpr auto make_collect_table(op::operation_list<Ops...>) {
  return std::array<collect_function, sizeof...(Ops)>{&collect<Ops>...};
}
inline constexpr auto collect_table = make_collect_table(op::table{});

}  // namespace detail

/// The pieces on which a point lies, given the values of all nodes there.
inline pieces active_pieces(graph const& g, ir::evaluation<double> const& e) {
  pieces result;
  for (int i = 0; i < g.size(); ++i)
    detail::collect_table[static_cast<std::size_t>(g[i].operation)](g, g[i], e, i, result);
  return result;
}

}  // namespace ramp::check
