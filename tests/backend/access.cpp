// SPDX-License-Identifier: BSL-1.0
// How kernels read and write single elements and packs: the plans are written by hand.
#include <ramp/backend/access.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

using namespace ramp;
using backend::lane_place;
using backend::reach;
using ir::axis_map;
using pass::memory;
using pass::storage;

namespace {

constexpr axis_map along(int a, int b = 0) {
  axis_map m;
  m.set(0, a);
  m.set(1, b);
  return m;
}

constexpr ir::node node_of(ir::opcode operation, shape const& s,
                           std::initializer_list<int> operands = {}) {
  ir::node n;
  n.operation = operation;
  n.rank = s.rank;
  n.iteration = s;
  for (int o : operands) {
    n.map[n.arity] = axis_map::identity(s.rank);
    n.operand[n.arity++] = o;
  }
  return n;
}

using V = backend::pack<float, 4>;
constexpr int size = V::size;
constexpr int lanes = 11;  // two packs and a part of one

// nodes of the program below
enum : int {
  matrix, vector, number, constant, lane_index, row_index, wide,  // leaves
  in_arena, turned, in_state, in_registers, total, scaled, shared, chosen, by_columns,
  count
};

/// Elementwise nodes over three rows and eleven lanes, and what they read: in the caller's memory,
/// row-major; the lanes of `wide` are two packs.
constexpr auto by_hand() {
  pass::plan<pass::plan_size{count, 1, count, 0, 4}> p;
  shape const s(3, lanes);
  p.nodes[matrix] = node_of(ir::code<op::argument>, s);
  p.nodes[vector] = node_of(ir::code<op::argument>, shape(3));
  p.nodes[number] = node_of(ir::code<op::argument>, shape());
  p.nodes[wide] = node_of(ir::code<op::argument>, shape(3, 2 * size));
  p.nodes[constant] = node_of(ir::code<op::constant>, shape());
  p.nodes[constant].value = 2.5;
  p.nodes[lane_index] = node_of(ir::code<op::iota>, shape(lanes));
  p.nodes[row_index] = node_of(ir::code<op::iota>, shape(3));
  p.nodes[in_arena] = node_of(ir::code<op::add>, s, {matrix, lane_index});
  p.nodes[in_arena].map[1] = along(1);
  p.nodes[turned] = node_of(ir::code<op::mul>, s, {in_arena, vector});  // stored by columns
  p.nodes[turned].map[1] = along(0);
  p.nodes[in_state] = node_of(ir::code<op::where>, s, {turned, row_index, constant});
  p.nodes[in_state].map[1] = along(0);
  p.nodes[in_registers] = node_of(ir::code<op::sub>, s, {turned, number});
  p.nodes[total] = node_of(ir::code<op::neg>, s, {in_registers});
  p.nodes[scaled] = node_of(ir::code<op::gate>, s, {matrix, in_arena});
  p.nodes[scaled].value = 0.25;
  p.nodes[shared] = node_of(ir::code<op::sub>, shape(3, 2 * size), {wide, wide});
  p.nodes[chosen] = node_of(ir::code<op::relu>, s, {matrix});
  p.nodes[by_columns] = node_of(ir::code<op::sub>, s, {matrix, vector});
  p.nodes[by_columns].map[1] = along(0);
  ir::node const* const nodes = p.nodes.data();
  pass::placement* const placements = p.placements.data();
  int next = 0;
  for (int i : {matrix, vector, number, wide})
    placements[i].at = pass::row_major(nodes[i].result_shape(), memory::argument, next++);
  for (int i : {constant, lane_index, row_index}) placements[i].at.where = memory::literal;
  for (int i = in_arena; i < count; ++i) {
    placements[i].kernel = 0;
    placements[i].place = axis_map::identity(2);
  }
  p.placements[by_columns].place = along(1, 0);  // its rows are the lanes of the kernel
  p.placements[in_arena].at = pass::packed(s, 1, 16, memory::arena);
  p.placements[in_arena].at.base = 16;
  p.placements[turned].at = pass::packed(s, 0, 16, memory::arena);
  p.placements[turned].at.base = 64;
  p.placements[in_state].at = pass::packed(s, 1, 16, memory::state);
  p.placements[shared].at = pass::packed(shape(3, 2 * size), 1, size, memory::none);
  p.placements[total].at = pass::packed(s, 1, 16, memory::arena);
  p.placements[total].accumulator = 16;
  p.placements[total].over_samples = true;
  p.placements[chosen].at = pass::packed(s, 1, 16, memory::state);
  p.placements[chosen].at.base = 48;
  p.placements[chosen].after_samples = true;
  return p;
}

struct program {
  using value_type = float;
  static constexpr auto plan = by_hand();
};

/// Memory that the program runs in: the caller's ends where its elements end.
struct machine {
  std::vector<float> first, second, third, fourth;
  std::array<float const*, 4> arguments{};
  alignas(64) float arena[512];
  alignas(64) float state[96];
  backend::context<float> c;

  machine() : first(3 * lanes), second{2, 3, 5}, third{7}, fourth(6 * size) {
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<float>(i);
    for (std::size_t i = 0; i < fourth.size(); ++i) fourth[i] = static_cast<float>(i);
    arguments = {first.data(), second.data(), third.data(), fourth.data()};
    std::fill(std::begin(arena), std::end(arena), -1.0f);
    std::fill(std::begin(state), std::end(state), -1.0f);
    c = {arena, state, arguments.data(), true, true};
  }
  machine(machine const&) = delete;
  machine& operator=(machine const&) = delete;

  template <int N, int K>
  [[nodiscard]] V pack(int row, int lane) const {
    return backend::load<program, N, K, V>(c, row, lane);
  }
  template <int N, int K>
  [[nodiscard]] float scalar(int row) const {
    return backend::load<program, N, K, float>(c, row, 0);
  }
};

void check_lanes(V const& v, float first, float step, int count_of_lanes = size) {
  for (int i = 0; i < count_of_lanes; ++i) CHECK(v[i] == first + step * static_cast<float>(i));
}

}  // namespace

TEST_CASE("a place along lanes is what its parts add up to", "[backend]") {
  static_assert(lane_place(5) == 5);
  static_assert(lane_place(16, 3) == 19);
  static_assert(lane_place(16, 3).first == 16 && lane_place(16, 3).within == 3);
  int seen = 0;
  backend::unroll<4>([&]<int I>() { seen = 10 * seen + I + 1; });
  CHECK(seen == 1234);
  backend::unroll<0>([&]<int>() { seen = 0; });
  CHECK(seen == 1234);
}

TEST_CASE("a reach finds rows, lanes and depth among the dimensions of a tensor", "[backend]") {
  auto const n = node_of(ir::code<op::argument>, shape(3, 20));
  storage const at = pass::packed(n.result_shape(), 1, 16, memory::arena);
  reach const plain(at, n, along(0, 1));
  CHECK(plain.row == 0);
  CHECK(plain.lane == 1);
  CHECK(plain.depth == -1);
  CHECK(plain.lane_extent == 20);
  CHECK(plain.contiguous());
  CHECK(plain.offset(plain.row, 2) == 2 * 16);
  CHECK(plain.offset(plain.depth, 2) == 0);
  // past a panel the next one begins behind all rows
  CHECK(plain.lane_offset(15) == 15);
  CHECK(plain.lane_offset(17) == 3 * 16 + 1);
  // a constant within the panel is added as it is
  CHECK(plain.lane_offset({16, 3}) == 3 * 16 + 3);
  CHECK(plain.lane_offset({8, 16}) == 8 + 16);

  reach const turned(at, n, along(1, 2));
  CHECK(turned.row == -1);
  CHECK(turned.lane == 0);
  CHECK(turned.depth == 1);
  CHECK(turned.lane_extent == 3);
  CHECK(!turned.contiguous());
  CHECK(turned.lane_offset({1, 1}) == 2 * 16);

  reach const none(pass::row_major(shape(), memory::argument, 0), node_of({}, shape()), {});
  CHECK(none.row == -1);
  CHECK(none.lane == -1);
  CHECK(none.contiguous());  // a number that all lanes share
  CHECK(none.lane_offset(7) == 0);
}

TEST_CASE("what is padded may be read past its end, what the caller owns may not", "[backend]") {
  shape const s(3, 20);
  auto const n = node_of(ir::code<op::argument>, s);
  reach const own(pass::packed(s, 1, 16, memory::arena), n, along(0, 1));
  reach const given(pass::row_major(s, memory::argument, 0), n, along(0, 1));
  CHECK(own.whole_packs(8));
  CHECK(given.whole_packs(4));
  CHECK(!given.whole_packs(8));
  // a pack past the end starts at the beginning, where it may be read
  CHECK(given.lane_offset({16, 4}) == given.offset(1, 20));
  CHECK(own.lane_offset({16, 4}) == 3 * 16 + 4);
}

TEST_CASE("operands are reached through their map and the place of their reader", "[backend]") {
  constexpr reach direct = backend::reach_of<program>(in_arena, 0);
  constexpr reach counted = backend::reach_of<program>(in_arena, 1);
  static_assert(direct.row == 0 && direct.lane == 1 && direct.lane_extent == lanes);
  static_assert(counted.row == -1 && counted.lane == 0 && counted.lane_extent == lanes);
  constexpr reach itself = backend::reach_of<program>(turned, -1);
  static_assert(itself.row == 0 && itself.lane == 1 && !itself.contiguous());
  constexpr reach by_lane = backend::reach_of<program>(by_columns, 0);
  static_assert(by_lane.row == 1 && by_lane.lane == 0 && by_lane.lane_extent == 3);
  constexpr reach of_lanes = backend::reach_of<program>(by_columns, 1);
  static_assert(of_lanes.row == -1 && of_lanes.lane == 0);
  static_assert(backend::operand_of<program>(turned, 1) == vector);
  SUCCEED();
}

TEST_CASE("operands from the caller's memory", "[backend]") {
  machine m;
  check_lanes(m.pack<in_arena, 0>(1, 0), lanes, 1.0f);
  // the last pack ends where the lanes end
  int const last = (lanes - 1) / size * size;
  for (int row = 0; row < 3; ++row) {
    V const end = m.pack<in_arena, 0>(row, last);
    check_lanes(end, static_cast<float>(row * lanes + last), 1.0f, lanes - last);
    for (int i = lanes - last; i < size; ++i) CHECK(end[i] == 0.0f);
  }
  // whole packs, side by side
  V const second = m.pack<shared, 0>(1, size);
  check_lanes(second, static_cast<float>(3 * size), 1.0f);
  CHECK(m.scalar<in_arena, 0>(2) == static_cast<float>(2 * lanes));
  // one number for all lanes of a row, or for all rows
  check_lanes(m.pack<turned, 1>(2, 0), 5.0f, 0.0f);
  CHECK(m.scalar<turned, 1>(1) == 3.0f);
  check_lanes(m.pack<in_registers, 1>(2, 0), 7.0f, 0.0f);
}

TEST_CASE("constants and indices are in no memory", "[backend]") {
  machine m;
  check_lanes(m.pack<in_state, 2>(1, 0), 2.5f, 0.0f);
  CHECK(m.scalar<in_state, 2>(1) == 2.5f);
  check_lanes(m.pack<in_arena, 1>(1, size), static_cast<float>(size), 1.0f);
  check_lanes(m.pack<in_state, 1>(2, 0), 2.0f, 0.0f);
  CHECK(m.scalar<in_arena, 1>(1) == 0.0f);
  CHECK(m.scalar<in_state, 1>(2) == 2.0f);
}

TEST_CASE("what is stored is read again, along either dimension", "[backend]") {
  machine m;
  for (int row = 0; row < 3; ++row)
    for (int lane = 0; lane < lanes; lane += size) {
      auto const first = static_cast<float>(100 * row + lane);
      backend::store<program, in_arena>(m.c, V(first) + V::iota(), row, lane);
      backend::store<program, turned>(m.c, V(first) + V::iota(), row, lane);
    }
  // in panels of 16 lanes, row by row, padding included
  CHECK(m.arena[15] == -1.0f);
  CHECK(m.arena[16] == 0.0f);
  CHECK(m.arena[16 + 2 * 16 + lanes - 1] == 200.0f + lanes - 1);
  // in panels of 16 rows, lane by lane, padding left alone
  CHECK(m.arena[64 + 2] == 200.0f);
  CHECK(m.arena[64 + 16 * (lanes - 1) + 1] == 100.0f + lanes - 1);
  CHECK(m.arena[64 + 3] == -1.0f);
  CHECK(m.arena[64 + 16 * lanes] == -1.0f);
  int const last = (lanes - 1) / size * size;
  check_lanes(m.pack<turned, 0>(1, last), 100.0f + static_cast<float>(last), 1.0f);
  V const across = m.pack<in_state, 0>(2, last);
  check_lanes(across, 200.0f + static_cast<float>(last), 1.0f, lanes - last);
  for (int i = lanes - last; i < size; ++i) CHECK(across[i] == 0.0f);
  // one element
  backend::store<program, in_arena>(m.c, 4.5f, 1, 3);
  CHECK(m.arena[16 + 16 + 3] == 4.5f);
}

TEST_CASE("a lane past the first panel is stored there", "[backend]") {
  machine m;
  float* const origin = m.arena + 256;
  backend::store_to<program, shared>(origin, V(3.0f), 1, size);
  for (int i = 0; i < 6 * size; ++i) CHECK(origin[i] == (i / size == 4 ? 3.0f : -1.0f));
  check_lanes(backend::load_from<program, shared, -1, V>(origin, 1, size), 3.0f, 0.0f);
  check_lanes(backend::load_from<program, shared, -1, V>(origin, 1, 0), -1.0f, 0.0f);
}

TEST_CASE("values in registers are stored nowhere", "[backend]") {
  machine m;
  backend::store<program, in_registers>(m.c, V(9.0f), 1, 0);
  CHECK(std::all_of(std::begin(m.arena), std::end(m.arena), [](float x) { return x == -1.0f; }));
  CHECK(std::all_of(std::begin(m.state), std::end(m.state), [](float x) { return x == -1.0f; }));
}

TEST_CASE("the state changes with the last tile, and its padding stays zero", "[backend]") {
  machine m;
  int const last = (lanes - 1) / size * size;
  m.c.last = false;
  backend::store<program, in_state>(m.c, V(9.0f), 1, last);
  backend::store<program, in_state>(m.c, 9.0f, 0, 0);
  for (float x : m.state) CHECK(x == -1.0f);
  m.c.last = true;
  backend::store<program, in_state>(m.c, V(9.0f), 1, last);
  for (int lane = last; lane < last + size; ++lane)
    CHECK(m.state[16 + lane] == (lane < lanes ? 9.0f : 0.0f));
  backend::store<program, in_state>(m.c, V(8.0f), 1, 0);
  check_lanes(V::load(m.state + 16), 8.0f, 0.0f, lanes < size ? lanes : size);
  backend::store<program, in_state>(m.c, 7.0f, 2, 0);
  CHECK(m.state[32] == 7.0f);
  // what waits for all samples is computed with the last tile only, and does not look
  m.c.last = false;
  backend::store<program, chosen>(m.c, 6.0f, 0, 5);
  CHECK(m.state[48 + 5] == 6.0f);
}

TEST_CASE("a sum over samples goes on from the first tile to the last", "[backend]") {
  machine m;
  auto const carried = [&](bool first, bool last, float x) {
    m.c.first = first;
    m.c.last = last;
    V sum(x);
    backend::carry<program, total>(m.c, sum, 2, 0);
    return sum[0];
  };
  float const& accumulator = m.arena[16 + 2 * 16];
  CHECK(carried(true, true, 1.0f) == 1.0f);  // one tile: no memory
  CHECK(accumulator == -1.0f);
  CHECK(carried(true, false, 2.0f) == 2.0f);
  CHECK(accumulator == 2.0f);
  CHECK(carried(false, false, 3.0f) == 5.0f);
  CHECK(accumulator == 5.0f);
  CHECK(carried(false, true, 4.0f) == 9.0f);
  CHECK(accumulator == 5.0f);
  // others begin anew
  V sum(1.0f);
  m.c.first = m.c.last = false;
  backend::carry<program, in_arena>(m.c, sum, 2, 0);
  CHECK(sum[0] == 1.0f);
  CHECK(accumulator == 5.0f);
}

namespace {

struct operands {
  V x[3];
  template <int, int O>
  [[nodiscard]] V get() const {
    return x[O];
  }
};

}  // namespace

TEST_CASE("an elementwise member is computed from its operands and its number", "[backend]") {
  operands const x{{V(1.0f) - V::iota(), V(8.0f), V(2.0f)}};
  V const relu = backend::compute<program, chosen, V>(x);
  V const sum = backend::compute<program, in_arena, V>(x);
  V const where = backend::compute<program, in_state, V>(x);
  // the gate of its first operand by its second, 0 where that is negative, a quarter where it is 0
  operands const y{{V(8.0f), V(1.0f) - V::iota(), V(0.0f)}};
  V const gate = backend::compute<program, scaled, V>(y);
  for (int i = 0; i < size; ++i) {
    float const v = 1.0f - static_cast<float>(i);
    CHECK(relu[i] == (v > 0.0f ? v : 0.0f));
    CHECK(sum[i] == v + 8.0f);
    CHECK(where[i] == (v != 0.0f ? 8.0f : 2.0f));
    CHECK(gate[i] == (v > 0.0f ? 8.0f : v == 0.0f ? 2.0f : 0.0f));
  }
}

TEST_CASE("lanes that lie apart are read one by one, to their end", "[backend]") {
  float const numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  V const v = backend::read_lanes<V>(numbers, 1, 3, 4);
  CHECK(v[0] == 0.0f);
  CHECK(v[1] == 4.0f);
  for (int i = 2; i < size; ++i) CHECK(v[i] == 0.0f);
}
