// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rewrite_nested.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::check::check_forward_reverse;
using ramp::check::point;
using rewrites::add_parts;
using rewrites::concatenated;
using rewrites::nested_max;
using rewrites::nested_min;
using rewrites::stack_of;
using rewrites::stacked;

namespace {

constexpr ramp::kink_policy own = ramp::at_zero<0.25>.value;

/// `v`, a square matrix, read transposed.
value turned(value v) {
  v.map = map_of(1, 0);
  return v;
}

/// The nodes that the first dimension of the operand of a maximum is made of.
std::vector<int> parts_of(value const& largest) {
  value const stack = stack_of<op::reduce_max>(largest);
  ramp::list<value> parts;
  if (!stack.absent()) add_parts(parts, stack);
  std::vector<int> all;
  for (value const& part : parts) all.push_back(part.index);
  return all;
}
std::vector<int> stacks(std::vector<value> const& of) {
  std::vector<int> all;
  for (value const& v : of) all.push_back(stacked(v).index);
  return all;
}

}  // namespace

TEST_CASE("a stack has a dimension of its own before those of its parts", "[rewrite]") {
  graph g;
  value const s = argument(g, "s");
  CHECK(stacked(s).space == shape(1));
  value const m = argument(g, "m", shape(2, 2));
  value const first = stacked(m);
  value const second = stacked(turned(m));
  CHECK(first.space == shape(1, 2, 2));
  CHECK(first.index != second.index);
  value const all = concatenated(concatenated(first, second), first);
  CHECK(all.space == shape(3, 2, 2));
  REQUIRE(ramp::ir::verify(g) == "");
  auto const e = ramp::check::evaluate_at(g, {{0}, {1, 2, 3, 4}});
  std::vector<double> const expected{1, 2, 3, 4, 1, 3, 2, 4, 1, 2, 3, 4};
  CHECK(std::vector<double>(e[all.index], e[all.index] + 12) == expected);
}

TEST_CASE("the parts of a stack are those joined along its first dimension", "[rewrite]") {
  graph g;
  value const a = stacked(argument(g, "a", shape(2)));
  value const b = stacked(argument(g, "b", shape(2)));
  node n = g[concatenated(a, b).index];
  n.iteration = shape(1, 4);
  n.attribute = {1, 2};
  value const beside = ramp::ir::value_of(g, g.insert(n));  // along the second
  ramp::list<value> parts;
  add_parts(parts, concatenated(concatenated(a, b), concatenated(b, a)));
  REQUIRE(parts.size() == 4);
  int const expected[] = {a.index, b.index, b.index, a.index};
  for (std::size_t i = 0; i < 4; ++i) CHECK(parts[i].index == expected[i]);
  parts.clear();
  add_parts(parts, beside);
  CHECK(parts.size() == 1);
}

TEST_CASE("a maximum is one over a stack if its first dimension alone is folded", "[rewrite]") {
  graph g;
  value const cube = argument(g, "cube", shape(2, 3, 3));
  auto const over = [&](axis_map kept, int rank) {
    return ramp::ir::reduce_to<op::reduce_max>(cube, kept, rank);
  };
  CHECK(stack_of<op::reduce_max>(over(map_of(1, 2), 2)).index == cube.index);
  CHECK(stack_of<op::reduce_min>(over(map_of(1, 2), 2)).absent());
  CHECK(stack_of<op::reduce_max>(over(map_of(0, 1), 2)).absent());    // the last dimension
  CHECK(stack_of<op::reduce_max>(over(map_of(2, 1), 2)).absent());    // transposed
  CHECK(stack_of<op::reduce_max>(over(map_of(2), 1)).absent());       // two dimensions
  CHECK(stack_of<op::reduce_max>(turned(over(map_of(1, 2), 2))).absent());
  CHECK(stack_of<op::reduce_max>(cube).absent());
}

TEST_CASE("nested maxima become one over all that differ, in order", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y", shape(2));
  value const z = argument(g, "z", shape(2));
  value const w = argument(g, "w", shape(2));
  value const three = nested_max(max(max(x, y), z));
  CHECK(parts_of(three) == stacks({x, y, z}));
  CHECK(parts_of(nested_max(max(x, max(y, z)))) == stacks({x, y, z}));
  CHECK(parts_of(nested_max(max(max(x, y), max(z, w)))) == stacks({x, y, z, w}));
  CHECK(parts_of(nested_max(max(max(x, y), max(y, z)))) == stacks({x, y, z}));
  CHECK(parts_of(nested_max(max(three, w))) == stacks({x, y, z, w}));
  CHECK(parts_of(nested_max(max(w, three))) == stacks({w, x, y, z}));
  // nothing that is not there
  CHECK(nested_max(max(three, y)).index == three.index);
  CHECK(nested_max(max(max(z, x), three)).index == three.index);
  CHECK(nested_max(max(max(x, y), y)).index == max(x, y).index);
  CHECK(nested_min(min(y, min(x, y))).index == min(x, y).index);
  CHECK(nested_max(max(x, y)).absent());
  CHECK(nested_max(max(min(x, y), z)).absent());
  CHECK(nested_min(min(max(x, y), z)).absent());
}

TEST_CASE("maxima of one policy become one of that policy, others stay apart", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y", shape(2));
  value const z = argument(g, "z", shape(2));
  auto const marked = [](value a, value b) { return a.combine_under<op::max>(own, 0.0, b); };
  CHECK(nested_max(max(marked(x, y), z)).absent());
  CHECK(nested_max(marked(max(x, y), z)).absent());
  value const three = nested_max(marked(marked(x, y), z));
  CHECK(parts_of(three) == stacks({x, y, z}));
  CHECK(rewrites::policy_of(three) == own);
  CHECK(nested_max(max(three, exp(x))).absent());
  CHECK(rewrites::policy_of(nested_max(marked(three, exp(x)))) == own);
  value const plain = nested_max(max(max(x, y), z));
  CHECK(rewrites::policy_of(plain) == ramp::kink_policy{});
  CHECK(nested_max(marked(plain, exp(x))).absent());
}

TEST_CASE("a space of more dimensions than a tensor has is not stacked", "[rewrite]") {
  auto const flat = [](shape const& s) {
    graph g;
    value const x = argument(g, "x", s);
    value const made = nested_max(max(max(x, exp(x)), -x));
    CHECK(ramp::ir::verify(g) == "");
    return !made.absent();
  };
  CHECK(flat(shape(2, 1, 3, 2)));
  CHECK_FALSE(flat(shape(2, 1, 3, 2).appended(2)));
}

TEST_CASE("a nested maximum shares ties evenly, of any rank and through broadcasts", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const row = argument(g, "row", shape(3));
  value const s = argument(g, "s");
  value const wide_row{&g, row.index, map_of(1), m.space};
  value const all = max(max(m, wide_row), max(s, m * 2.0));
  ramp::list<int> roots{all.index};
  auto const flat = ramp::pass::rewrite(g, roots);
  REQUIRE(ramp::ir::verify(flat) == "");
  CHECK(flat[roots[0]].operation == code<op::reduce_max>);
  point const at{{0, 1, -1, 2, 0, -3}, {0, 1, 4}, {0}};
  auto const before = ramp::check::evaluate_at(g, at);
  auto const after = ramp::check::evaluate_at(flat, at);
  for (int i = 0; i < 6; ++i) CHECK(before[all.index][i] == after[roots[0]][i]);
  CHECK(check_forward_reverse(flat, roots[0], {0, 1, 2}, at, {.tolerance = 0.0}).passed());
  // element 0 is a tie of all four: m and row and s one quarter each, and 2m two of the quarters
  std::vector<double> const first{1, 0, 0, 0, 0, 0};
  auto const shares =
      ramp::check::reverse_derivative(flat, roots[0], {0, 1, 2}, at, first, ramp::standard.value);
  CHECK(shares[0][0] == 0.75);
  CHECK(shares[1][0] == 0.25);
  CHECK(shares[2][0] == 0.25);
}

TEST_CASE("a maximum against a constant is not flattened", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  for (value const& v : {max(max(x, 1.0), y), max(max(x, y), 1.0), max(max(x, -1.0), 2.0),
                         max(max(1.0, x), y), max(y, max(1.0, x))}) {
    ramp::list<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    CHECK(r[roots[0]].operation == code<op::max>);
  }
}
