// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <ramp/ir/graph.hpp>

namespace ramp::ir {

/// Which operations a program has, for what is compiled for these alone.
struct operation_set {
  std::uint64_t words[2] = {};

  static_assert(op::table::size <= 128);
  constexpr void insert(opcode c) {
    words[static_cast<unsigned>(c) / 64] |= std::uint64_t{1} << static_cast<unsigned>(c) % 64;
  }
  [[nodiscard]] constexpr bool contains(opcode c) const {
    return (words[static_cast<unsigned>(c) / 64] >> static_cast<unsigned>(c) % 64 & 1) != 0;
  }
};
inline constexpr operation_set all_operations{{~std::uint64_t{0}, ~std::uint64_t{0}}};

/// The nodes of a graph, wherever they are kept.
struct node_list {
  node const* first = nullptr;
  int count = 0;

  constexpr node_list(node const* nodes, int size) : first(nodes), count(size) {}
  // NOLINTNEXTLINE(google-explicit-constructor): every graph is a list of nodes
  constexpr node_list(graph const& g) : first(g.nodes.data()), count(g.size()) {}

  [[nodiscard]] constexpr node const& operator[](int i) const { return first[i]; }
  [[nodiscard]] constexpr operation_set operations() const {
    operation_set present;
    for (int i = 0; i < count; ++i) present.insert(first[i].operation);
    return present;
  }
};

}  // namespace ramp::ir
