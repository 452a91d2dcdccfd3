// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <ramp/core/list.hpp>
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
  output,   // copied to the caller
  loss,     // as output; must be finite before the first update
  counter,  // as output; known before the first update
  update    // the new value of argument `target`
};

/// Whether a root is looked at before the first update.
constexpr bool is_checked(root_kind kind) {
  return kind == root_kind::loss || kind == root_kind::counter;
}

struct root {
  int node = -1;
  root_kind kind = root_kind::output;
  int target = -1;
  bool per_sample = false;  // one value for each sample of the tile
  friend constexpr bool operator==(root const&, root const&) = default;
};

/// How the nodes of a kernel are computed together.
enum class kernel_kind : std::uint8_t {
  scalars,   // straight-line code over rank-0 nodes
  rows,      // loop over lanes, inside it a loop over the other dimension; elementwise and sums
  contract,  // matrix product in register tiles with everything elementwise that follows it
  copy,      // the same elements in another lane dimension
  matrix,    // one matrix operation, for one matrix of a batch after the other
  generic    // one node, plain loops: any operation, any rank
};

/// What a node is inside its kernel. Kernel dimensions: 0 = row, 1 = lane, 2 = depth (summed).
enum class role : std::uint8_t {
  outside,     // argument, constant, index
  main,        // the contraction, or the one node of a copy, matrix or generic kernel
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
  extremum_over_samples,  // a maximum, minimum or product over the samples of a batch
  feedback,               // a value computed from all samples is an input of the model of each
  circle                  // kernels that wait for each other
};

/// A plan under construction: vectors, in a constant expression or at run time.
struct draft {
  list<node> nodes;
  list<placement> placements;
  list<kernel> kernels;
  list<int> members;
  list<root> roots;
  list<ir::argument> arguments;
  list<storage> argument_storage;
  int lanes = 8;               // elements of a pack that costs are reckoned with
  int width = 16;              // elements of a panel
  int arena_elements = 0;      // including the accumulators
  int state_elements = 0;
  int kernels_before_update = 0;  // these run before the loss is checked
  plan_fault fault = plan_fault::none;
};

/// The sizes of a plan, which have to be known before its type is.
struct plan_size {
  int nodes = 0, kernels = 0, members = 0, roots = 0, arguments = 0;

  [[nodiscard]] constexpr bool fits(plan_size room) const {
    return nodes <= room.nodes && kernels <= room.kernels && members <= room.members &&
           roots <= room.roots && arguments <= room.arguments;
  }
};

constexpr plan_size size_of(draft const& d) {
  return {static_cast<int>(d.nodes.size()), static_cast<int>(d.kernels.size()),
          static_cast<int>(d.members.size()), static_cast<int>(d.roots.size()),
          static_cast<int>(d.arguments.size())};
}

/// A finished plan: plain arrays, so that it can be a static constexpr member.
template <plan_size Room>
struct plan {
  template <class T, int N>
  using array = std::array<T, static_cast<std::size_t>(N)>;

  array<node, Room.nodes> nodes{};
  array<placement, Room.nodes> placements{};
  array<kernel, Room.kernels> kernels{};
  array<int, Room.members> members{};
  array<int, Room.members> scheduled{};  // members in the order in which they are computed
  array<root, Room.roots> roots{};
  array<ir::argument, Room.arguments> arguments{};
  array<storage, Room.arguments> argument_storage{};
  plan_size used;
  int arena_elements = 0;
  int state_elements = 0;
  int kernels_before_update = 0;
  plan_fault fault = plan_fault::none;

  [[nodiscard]] constexpr int member(int k, int i) const {
    return members[static_cast<std::size_t>(kernels[static_cast<std::size_t>(k)].first + i)];
  }
};

/// `d`, a draft or a plan of another size, as a plan; without content if it does not fit.
template <plan_size Room, class Draft>
constexpr plan<Room> freeze(Draft const& d, plan_size size) {
  plan<Room> p;
  p.used = size;
  if (!size.fits(Room)) return p;
  auto copy = [](auto const& from, int count, auto& to) {
    auto const* const source = from.data();
    auto* const target = to.data();
    for (int i = 0; i < count; ++i) target[i] = source[i];
  };
  copy(d.nodes, size.nodes, p.nodes);
  copy(d.placements, size.nodes, p.placements);
  copy(d.kernels, size.kernels, p.kernels);
  copy(d.members, size.members, p.members);
  copy(d.roots, size.roots, p.roots);
  copy(d.arguments, size.arguments, p.arguments);
  copy(d.argument_storage, size.arguments, p.argument_storage);
  int next = 0;
  for (int k = 0; k < size.kernels; ++k) {
    kernel const& q = p.kernels.data()[k];
    for (int i = 0; i < q.count; ++i)
      p.scheduled.data()[next++] = p.members.data()[q.first + i];
  }
  p.arena_elements = d.arena_elements;
  p.state_elements = d.state_elements;
  p.kernels_before_update = d.kernels_before_update;
  p.fault = d.fault;
  return p;
}

template <plan_size Room>
constexpr plan<Room> freeze(draft const& d) {
  return freeze<Room>(d, size_of(d));
}

/// The plan of a program: `Maker::make()` gives the draft and `Maker::lowered_nodes` the size of
/// the graph that it starts from. Planning takes a good part of the time that a program compiles,
/// so it runs once, into arrays with room to spare, which are then cut to size; a program that
/// needs more room is planned again.
template <class Maker>
struct planned {
  static constexpr int nodes = Maker::lowered_nodes;
  static constexpr plan_size room{nodes + nodes / 4 + 32, nodes / 3 + 24, nodes + nodes / 4 + 32,
                                  Maker::roots, Maker::arguments};
  static constexpr auto draft_within(draft const& d) { return freeze<room>(d, size_of(d)); }
  static constexpr auto roomy = draft_within(Maker::make());

  static constexpr auto cut() {
    if constexpr (roomy.used.fits(room)) return freeze<roomy.used>(roomy, roomy.used);
    else return freeze<roomy.used>(Maker::make(), roomy.used);
  }
};

}  // namespace ramp::pass
