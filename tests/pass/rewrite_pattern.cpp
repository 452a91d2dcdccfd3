// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rewrite_pattern.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::kink_policy;

namespace {

constexpr kink_policy own = ramp::at_zero<0.25>.value;

/// `v`, a square matrix, read transposed.
value turned(value v) {
  v.map = map_of(1, 0);
  return v;
}

}  // namespace

TEST_CASE("a value says what its node is and which number it is", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  CHECK(rewrites::is<op::relu>(relu(x)));
  CHECK_FALSE(rewrites::is<op::relu>(abs(x)));
  CHECK(rewrites::is_number(x.number(0.5), 0.5));
  CHECK_FALSE(rewrites::is_number(x.number(0.5), 0.25));
  CHECK(rewrites::is_number(x.number(-0.0), 0.0));
  CHECK_FALSE(rewrites::is_number(x.number(std::nan("")), 0.0));
  CHECK_FALSE(rewrites::is_number(x, 0.0));
  value const marked = x.combine_under<op::relu>(own, 0.0);
  CHECK(rewrites::policy_of(marked) == own);
  CHECK(rewrites::policy_of(relu(x)) == kink_policy{});
}

TEST_CASE("the same is what has one node and one map", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  CHECK(rewrites::same(m, m));
  CHECK(rewrites::same(exp(m), exp(m)));
  CHECK_FALSE(rewrites::same(m, turned(m)));
  CHECK_FALSE(rewrites::same(m, exp(m)));
}

TEST_CASE("an operand is seen from where its reader is seen", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  value const row = argument(g, "row", shape(3));
  value const sum = turned(m).combine<op::hypot>(0.0, value{&g, row.index, map_of(1), m.space});
  CHECK(rewrites::same(rewrites::operand(sum, 0), turned(m)));
  CHECK(rewrites::operand(sum, 1).map == map_of(1));
  value const seen = turned(sum);
  CHECK(rewrites::same(rewrites::operand(seen, 0), m));
  CHECK(rewrites::operand(seen, 1).index == row.index);
  CHECK(rewrites::operand(seen, 1).map == map_of(0));
  CHECK(rewrites::operand(seen, 1).space == m.space);
  value const wide{&g, exp(row).index, map_of(1), shape(7, 3)};
  CHECK(rewrites::same(rewrites::operand(wide, 0), value{&g, row.index, map_of(1), wide.space}));
}

TEST_CASE("what is made of operands of one map is not computed for each repetition", "[rewrite]") {
  graph g;
  value const row = argument(g, "row", shape(3));
  value const other = argument(g, "other", shape(3));
  shape const space(5, 3);
  value const a{&g, row.index, map_of(1), space};
  value const b{&g, other.index, map_of(1), space};
  value const sum = rewrites::make<op::add>(a, b);
  CHECK(g[sum.index].iteration == shape(3));
  CHECK(sum.map == map_of(1));
  CHECK(sum.space == space);
  value const three = rewrites::make<op::where>(a, b, a);
  CHECK(g[three.index].iteration == shape(3));

  // of several maps, or of operands that differ in shape, the whole space
  value const column = argument(g, "column", shape(5));
  value const c{&g, column.index, map_of(0), space};
  value const both = rewrites::make<op::add>(a, c);
  CHECK(g[both.index].iteration == space);
  CHECK(both.map == map_of(0, 1));
  value const scalar{&g, argument(g, "scalar").index, {}, space};  // the map of the column
  CHECK(g[rewrites::make<op::add>(scalar, c).index].iteration == space);
  CHECK(rewrites::make<op::add>(a, a.number(2.0)).space == space);
  value const m = argument(g, "m", shape(3, 3));
  CHECK(g[rewrites::make<op::add>(m, turned(m)).index].map[1] == map_of(1, 0));
  CHECK(ramp::ir::verify(g) == "");
}

TEST_CASE("what is made is rewritten in its turn and keeps its policy", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(4));
  CHECK(rewrites::same(rewrites::make<op::relu>(relu(x)), relu(x)));
  CHECK(rewrites::same(rewrites::make<op::log>(exp(x)), x));
  value const marked = rewrites::make<op::abs>(own, x);
  CHECK(rewrites::policy_of(marked) == own);
  CHECK(rewrites::policy_of(rewrites::make<op::max>(own, x, exp(x))) == own);
  CHECK(rewrites::policy_of(rewrites::make<op::abs>(x)) == kink_policy{});
}

TEST_CASE("of numbers a number is made, of any shape", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(4));
  value two = x.number(2.0);
  two.space = x.space;
  value const made = rewrites::make<op::mul>(two, x.number(1.5));
  CHECK(rewrites::is_number(made, 3.0));
  CHECK(made.map == axis_map{});
  CHECK(made.space == x.space);
  value const m = argument(g, "m", shape(3, 3));
  value const one = rewrites::make<op::pow>(m, m.number(0.0));
  CHECK(rewrites::is_number(one, 1.0));
  CHECK(one.map == axis_map{});
  CHECK(one.space == m.space);
}

TEST_CASE("a multiple by 1 is the value, by -1 its negative", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  CHECK(rewrites::times(x, 1.0).index == x.index);
  CHECK(rewrites::times(x, -1.0).index == (-x).index);
  CHECK(rewrites::times(x, 0.5).index == (x * 0.5).index);
  CHECK(rewrites::is<op::mul>(rewrites::times(x, 0.0)));  // infinity times 0 is NaN
}

TEST_CASE("opposites are a negative and a difference the other way round", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  value const n = argument(g, "n", shape(3, 3));
  CHECK(rewrites::opposite(m, -m));
  CHECK(rewrites::opposite(-m, m));
  CHECK(rewrites::opposite(m - n, n - m));
  CHECK_FALSE(rewrites::opposite(m, m));
  CHECK_FALSE(rewrites::opposite(m, -n));
  CHECK_FALSE(rewrites::opposite(m, -turned(m)));
  CHECK_FALSE(rewrites::opposite(m - n, m - n));
  CHECK_FALSE(rewrites::opposite(m - n, turned(n) - m));
  CHECK_FALSE(rewrites::opposite(m - n, n - turned(m)));
}

TEST_CASE("beside a number stands the other operand", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto const node_of_two = [&](int a, int b) {  // as insert does not order them
    node n;
    n.operation = code<op::add>;
    n.arity = 2;
    n.operand = {a, b, -1};
    return ramp::ir::value_of(g, g.intern(n));
  };
  int const one = g.constant(1.0);
  CHECK(rewrites::beside(node_of_two(x.index, one), 1.0).index == x.index);
  CHECK(rewrites::beside(node_of_two(one, x.index), 1.0).index == x.index);
  CHECK(rewrites::beside(node_of_two(x.index, one), 2.0).absent());
  CHECK(rewrites::beside(x + x * x, 1.0).absent());
}
