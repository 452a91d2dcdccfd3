// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <ramp/ir/graph.hpp>
#include <ramp/pass/storage.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;
using ir::opcode;

/// What a graph node computes for the caller.
enum class root_kind : std::uint8_t {
  output,  // copied to the caller
  loss,    // as output; must be finite before the first update
  update   // the new value of argument `target`
};

struct root {
  int node = -1;
  root_kind kind = root_kind::output;
  int target = -1;
  friend constexpr bool operator==(root const&, root const&) = default;
};

/// How the nodes of a kernel are computed together.
enum class kernel_kind : std::uint8_t {
  scalars,   // straight-line code over rank-0 nodes
  rows,      // loop over lanes, inside it a loop over the other dimension; elementwise and sums
  contract,  // matrix product in register tiles with everything elementwise that follows it
  copy,      // the same elements in another lane dimension
  generic    // one node, plain loops: any operation, any rank
};

/// What a node is inside its kernel. Kernel dimensions: 0 = row, 1 = lane, 2 = depth (summed).
enum class role : std::uint8_t {
  outside,     // argument, constant, index
  main,        // the contraction, or the one node of a copy or generic kernel
  start,       // main + a vector that the accumulators start from (a bias)
  element,     // one value for each row and lane
  lane,        // one value for each lane
  row_fold,    // folds the rows: one value for each lane
  lane_fold,   // folds the lanes (and perhaps the rows): one value for each row, or one
  column_sum,  // contract: sum over the rows of an element
  post         // computed from lane_fold or column_sum nodes, once, at the end
};

/// When a kernel runs, for programs whose samples come in several tiles.
enum class stage : std::uint8_t { every_tile, last_tile };

struct kernel {
  kernel_kind kind{};
  stage when{};
  bool accumulates = false;  // contains a sum over samples, which goes on from tile to tile
  bool updates = false;      // writes to the state
  int main = -1;
  int start = -1;
  int vector_operand = 0;           // contract: which operand of main is read in packs
  std::array<int, 3> extent{1, 1, 1};  // rows, lanes, depth
  int phases = 1;                   // rows: passes over the rows of one pack of lanes
  int first = 0;                    // in plan::members
  int count = 0;
};

/// What the plan knows of one node beside the node itself.
struct placement {
  int kernel = -1;
  role part = role::outside;
  int phase = 0;
  int local = 0;       // index among the members of its kernel
  bool over_samples = false;  // folds the sample axis: accumulated over tiles
  bool after_samples = false;  // depends on such a sum: final in the last tile only
  axis_map place{};    // iteration dimension of the node -> kernel dimension
  storage at{};
  int accumulator = -1;  // arena offset of the sum over earlier tiles, same layout as `at`
};

/// Why a program has no plan.
enum class plan_fault : std::uint8_t {
  none,
  extremum_over_samples,  // a maximum or minimum over the samples of a batch
  feedback,               // a value computed from all samples is an input of the model of each
  circle                  // kernels that wait for each other
};

/// A plan under construction: vectors, in a constant expression or at run time.
struct draft {
  list<node> nodes;
  list<placement> placements;
  list<kernel> kernels;
  list<int> members;
  std::vector<root> roots;
  list<ir::argument> arguments;
  list<storage> argument_storage;
  int lanes = 8;               // elements of a pack that costs are reckoned with
  int width = 16;              // elements of a panel
  int arena_elements = 0;      // including the accumulators
  int state_elements = 0;
  int kernels_before_update = 0;  // these run before the loss is checked
  plan_fault fault = plan_fault::none;
};

/// A finished plan: plain arrays, so that it can be a static constexpr member.
template <std::size_t Nodes, std::size_t Kernels, std::size_t Members, std::size_t Roots,
          std::size_t Arguments>
struct plan {
  std::array<node, Nodes> nodes{};
  std::array<placement, Nodes> placements{};
  std::array<kernel, Kernels> kernels{};
  std::array<int, Members> members{};
  std::array<int, Members> scheduled{};  // members in the order in which they are computed
  std::array<root, Roots> roots{};
  std::array<ir::argument, Arguments> arguments{};
  std::array<storage, Arguments> argument_storage{};
  int arena_elements = 0;
  int state_elements = 0;
  int kernels_before_update = 0;
  plan_fault fault = plan_fault::none;

  [[nodiscard]] constexpr int member(int k, int i) const {
    return members[static_cast<std::size_t>(kernels[static_cast<std::size_t>(k)].first + i)];
  }
};

/// The sizes of a finished plan, which have to be known before its type is.
struct plan_size {
  std::size_t nodes = 0, kernels = 0, members = 0, roots = 0, arguments = 0;
};

constexpr plan_size size_of(draft const& d) {
  return {d.nodes.size(), d.kernels.size(), d.members.size(), d.roots.size(), d.arguments.size()};
}

template <plan_size S>
constexpr auto freeze(draft const& d) {
  plan<S.nodes, S.kernels, S.members, S.roots, S.arguments> p;
  for (std::size_t i = 0; i < S.nodes; ++i) p.nodes[i] = d.nodes[i];
  for (std::size_t i = 0; i < S.nodes; ++i) p.placements[i] = d.placements[i];
  for (std::size_t i = 0; i < S.kernels; ++i) p.kernels[i] = d.kernels[i];
  for (std::size_t i = 0; i < S.members; ++i) p.members[i] = d.members[i];
  std::size_t next = 0;
  for (kernel const& k : d.kernels)
    for (int i = 0; i < k.count; ++i)
      p.scheduled[next++] = d.members[static_cast<std::size_t>(k.first + i)];
  for (std::size_t i = 0; i < S.roots; ++i) p.roots[i] = d.roots[i];
  for (std::size_t i = 0; i < S.arguments; ++i) p.arguments[i] = d.arguments[i];
  for (std::size_t i = 0; i < S.arguments; ++i) p.argument_storage[i] = d.argument_storage[i];
  p.arena_elements = d.arena_elements;
  p.state_elements = d.state_elements;
  p.kernels_before_update = d.kernels_before_update;
  p.fault = d.fault;
  return p;
}

}  // namespace ramp::pass
