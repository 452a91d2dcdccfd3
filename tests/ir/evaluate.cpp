// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/evaluate.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

numbers values(graph const& g, int i, ramp::check::point const& at) {
  auto const e = evaluate_at(g, at);
  return {e[i], e[i] + g[i].result_shape().elements()};
}

/// A layout operation along axis 1 of a matrix.
int moved(graph& g, ramp::ir::opcode operation, ramp::list<int> const& operands, int offset,
          shape const& s, int step = 1) {
  node n;
  n.operation = operation;
  n.arity = static_cast<std::uint8_t>(operands.size());
  for (std::size_t k = 0; k < operands.size(); ++k) n.operand[k] = operands[k];
  n.iteration = s;
  n.rank = s.rank;
  n.attribute = {1, offset, step};
  if (n.is(code<op::reshape>)) n.attribute = {};
  return g.insert(n);
}

ramp::check::point const two_by_three{{1, 2, 3, 4, 5, 6}};

}  // namespace

TEST_CASE("layout operations move elements", "[evaluate]") {
  graph g;
  int const m = argument(g, "m", shape(2, 3)).index;
  int const reshaped = moved(g, code<op::reshape>, {m}, 0, shape(3, 2));
  int const sliced = moved(g, code<op::slice>, {m}, 1, shape(2, 2));
  int const padded = moved(g, code<op::pad>, {m}, 1, shape(2, 5));
  int const joined = moved(g, code<op::concatenate>, {m, sliced}, 3, shape(2, 5));
  CHECK(values(g, reshaped, two_by_three) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(values(g, sliced, two_by_three) == numbers{2, 3, 5, 6});
  CHECK(values(g, padded, two_by_three) == numbers{0, 1, 2, 3, 0, 0, 4, 5, 6, 0});
  CHECK(values(g, joined, two_by_three) == numbers{1, 2, 3, 2, 3, 4, 5, 6, 5, 6});
  int const every_other = moved(g, code<op::slice>, {m}, 0, shape(2, 2), 2);
  int const reversed = moved(g, code<op::slice>, {m}, 2, shape(2, 3), -1);
  int const spread = moved(g, code<op::pad>, {m}, 1, shape(2, 7), 2);
  int const spread_back = moved(g, code<op::pad>, {m}, 4, shape(2, 5), -2);
  CHECK(values(g, every_other, two_by_three) == numbers{1, 3, 4, 6});
  CHECK(values(g, reversed, two_by_three) == numbers{3, 2, 1, 6, 5, 4});
  CHECK(values(g, spread, two_by_three) == numbers{0, 1, 0, 2, 0, 3, 0, 0, 4, 0, 5, 0, 6, 0});
  CHECK(values(g, spread_back, two_by_three) == numbers{3, 0, 2, 0, 1, 6, 0, 5, 0, 4});
}

TEST_CASE("views transpose and repeat", "[evaluate]") {
  graph g;
  int const m = argument(g, "m", shape(2, 3)).index;
  CHECK(values(g, g.viewed(m, map_of(1, 0), shape(3, 2)), two_by_three) ==
        numbers{1, 4, 2, 5, 3, 6});
  CHECK(values(g, g.viewed(m, map_of(0, 2), shape(2, 2, 3)), two_by_three) ==
        numbers{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6});
}

TEST_CASE("contractions are products of matrices", "[evaluate]") {
  graph g;
  value const a = argument(g, "a", shape(2, 3));
  value const b = argument(g, "b", shape(3, 2));
  shape const space(2, 2, 3);
  value const product =
      value{&g, a.index, map_of(0, 2), space} * value{&g, b.index, map_of(2, 1), space};
  int const c = ramp::ir::reduce_to<op::sum>(product, map_of(0, 1), 2).index;
  REQUIRE(g[c].operation == code<op::contract>);
  CHECK(values(g, c, {{1, 2, 3, 4, 5, 6}, {1, 0, 0, 1, -1, 2}}) == numbers{-2, 8, -2, 17});
}

TEST_CASE("iota counts, constants repeat", "[evaluate]") {
  graph g;
  value const i = ramp::ir::value_of(g, g.iota(4));
  CHECK(values(g, (i * 2.0 - 1.0).index, {}) == numbers{-1, 1, 3, 5});
}

TEST_CASE("rank 4, every dimension elsewhere", "[evaluate]") {
  graph g;
  value const t = argument(g, "t", shape(2, 1, 3, 2));
  int const moved_axes = g.viewed(t.index, map_of(3, 1, 0, 2), shape(3, 1, 2, 2));
  numbers input;
  for (int k = 0; k < 12; ++k) input.push_back(k);
  // result[c, b, d, a] = t[a, b, c, d]
  CHECK(values(g, moved_axes, {input}) == numbers{0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11});
}

TEST_CASE("float and double are evaluated in their own precision", "[evaluate]") {
  graph g;
  value const x = argument(g, "x");
  int const third = (x / x.number(3.0)).index;
  float const one = 1.0f;
  CHECK(ramp::ir::evaluate<float>(g, {&one})[third][0] == 1.0f / 3.0f);
  CHECK(values(g, third, {{1.0}})[0] == 1.0 / 3.0);
}

namespace {

constexpr double dot_at_compile_time() {
  graph g;
  value const a = argument(g, "a", shape(3));
  value const b = argument(g, "b", shape(3));
  int const dot = ramp::ir::reduce_to<op::sum>(a * b, {}, 0).index;
  double const x[] = {1, 2, 3};
  double const y[] = {4, 5, 6};
  return ramp::ir::evaluate<double>(g, {x, y})[dot][0];
}
static_assert(dot_at_compile_time() == 32.0);

}  // namespace
