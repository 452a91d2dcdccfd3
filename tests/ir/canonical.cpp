// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/canonical.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
namespace op = ramp::op;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

value sum(value x, axis_map kept, int rank) { return ramp::ir::reduce_to<op::sum>(x, kept, rank); }

}  // namespace

TEST_CASE("arithmetic on constants is done at once, as IEEE has it", "[canonical]") {
  graph g;
  value const one{&g, g.constant(1.0), {}, {}};
  auto number = [&](value v) {
    REQUIRE(g.is_constant(v.index));
    return g[v.index].value;
  };
  CHECK(number(one + one * 3.0) == 4.0);
  CHECK(number(one / one.number(0.0)) == infinity);
  CHECK(std::isnan(number((one / one.number(0.0)) * 0.0)));
  CHECK(number(one.number(2.0).combine<op::pow>(0.0, one.number(10.0))) == 1024.0);
  CHECK(number(one.combine<op::where>(0.0, one.number(5.0), one.number(6.0))) == 5.0);
  CHECK(number(one.number(-3.0).combine<op::sign>(0.25)) == -1.0);
  CHECK(number(one.number(0.0).combine<op::sign>(0.25)) == 0.25);
}

TEST_CASE("neutral elements vanish", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  CHECK((x + x.number(0.0)).index == x.index);
  CHECK((x.number(0.0) + x).index == x.index);
  CHECK((x - 0.0).index == x.index);
  CHECK((x * 1.0).index == x.index);
  CHECK((x.number(1.0) * x).index == x.index);
  CHECK((x / x.number(1.0)).index == x.index);
  CHECK((-(-x)).index == x.index);
  CHECK(g.size() == 1 + 2 + 1);  // x, the two numbers, -x
}

TEST_CASE("a product with zero stays: x may be infinite or NaN", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  int const product = (x * 0.0).index;
  CHECK(!g.is_constant(product));
  CHECK(std::isnan(evaluate_at(g, {{infinity}})[product][0]));
}

TEST_CASE("signs move to one place", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  CHECK((x + -y).index == (x - y).index);
  CHECK((x - -y).index == (x + y).index);
  CHECK((x * -1.0).index == (-x).index);
  CHECK((x.number(3.0) * x).index == (x * 3.0).index);
}

TEST_CASE("signs move out of products, where that costs nothing", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  CHECK((-x * y).index == (-(x * y)).index);
  CHECK((x * -y).index == (-(x * y)).index);
  CHECK((-x * -y).index == (x * y).index);
  CHECK((-x / y).index == (-(x / y)).index);
  CHECK((x / -y).index == (-(x / y)).index);
  CHECK((-x + y).index == (y - x).index);
  CHECK((-x - y).index == (-(x + y)).index);
  CHECK((-x - -y).index == (y - x).index);
  // the sign of a vector is not moved to a matrix, where a contraction would no longer be seen
  value const v{&g, (-argument(g, "v", shape(3))).index, map_of(1), shape(2, 3)};
  value const m = argument(g, "m", shape(2, 3));
  CHECK(g[(v * m).index].operation == code<op::mul>);
  CHECK(g[sum(v * m, map_of(0), 1).index].operation == code<op::contract>);
}

TEST_CASE("equal terms are a multiple, as exact as the sum", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  CHECK((x + x).index == (x * 2.0).index);
  CHECK((x + x + x).index == (x * 3.0).index);
  CHECK((x + (x + x)).index == (x * 3.0).index);
  CHECK((-x - x).index == (-(x * 2.0)).index);
  CHECK(g[(x * 3.0 + x).index].operation == code<op::add>);  // 4 * x would round otherwise
  CHECK(g[(x - x).index].operation == code<op::sub>);        // not 0: x may be infinite
  value const m = argument(g, "m", shape(3, 3));
  value const t{&g, m.index, map_of(1, 0), m.space};
  CHECK(g[(m + t).index].operation == code<op::add>);
  int const triple = (x * y + x * y + x * y).index;
  for (double v : {0.1, 1e308, -7.7e-324, infinity, -0.0}) {
    auto const e = evaluate_at(g, {{v}, {1.0}, std::vector<double>(9, 0.0)});
    CHECK(e[triple][0] == v + v + v);
  }
}

TEST_CASE("constant factors are one where their product is exact", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  CHECK((x * 2.0 * 3.0).index == (x * 6.0).index);
  CHECK((x * 0.1 * 2.0).index == (x * 0.2).index);
  CHECK((x * -3.0 * 0.5).index == (x * -1.5).index);
  for (double const c : {0.1, 1e308, 0x1p-1074}) {
    value const rounded = x * c * (c == 0.1 ? 0.3 : c == 1e308 ? 2.0 : 0.5);
    CHECK(g[g[rounded.index].operand[0]].operation == code<op::mul>);
  }
}

TEST_CASE("small powers are products", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  auto power = [&](double n) { return x.combine<op::pow>(0.0, x.number(n)); };
  CHECK(g.is_constant(power(0.0).index, 1.0));
  CHECK(power(1.0).index == x.index);
  CHECK(power(2.0).index == (x * x).index);
  CHECK(g[power(3.0).index].operation == code<op::pow>);
}

TEST_CASE("a condition compared with 0 is the condition or its opposite", "[canonical]") {
  graph g;
  value const x = argument(g, "x");
  value const positive = x.number(0.0).combine<op::less>(0.0, x);
  CHECK(positive.combine<op::not_equal>(0.0, x.number(0.0)).index == positive.index);
  CHECK(positive.combine<op::equal>(0.0, x.number(0.0)).index ==
        positive.combine<op::logical_not>(0.0).index);
  CHECK(g[x.combine<op::not_equal>(0.0, x.number(0.0)).index].operation == code<op::not_equal>);
  CHECK(g[positive.combine<op::equal>(0.0, x.number(1.0)).index].operation == code<op::equal>);
}

TEST_CASE("operands are never views", "[canonical]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const t = ramp::ir::value_of(g, g.viewed(m.index, map_of(1, 0), shape(3, 2)));
  value const s = t.combine<op::exp>(0.0);
  CHECK(g[s.index].operand[0] == m.index);
  CHECK(g[s.index].map[0] == map_of(1, 0));
  value const total = sum(t, {}, 0);
  CHECK(g[total.index].operand[0] == m.index);
}

TEST_CASE("a sum of a product that shares summed dimensions is a contraction", "[canonical]") {
  graph g;
  value const a = argument(g, "a", shape(2, 3));
  value const x = argument(g, "x", shape(3));
  value const wide{&g, x.index, map_of(1), a.space};
  CHECK(g[sum(a * wide, map_of(0), 1).index].operation == code<op::contract>);
  // no dimension of the result distinguishes the factors: an ordinary sum
  CHECK(g[sum(a * a, map_of(0), 1).index].operation == code<op::sum>);
  CHECK(g[sum(x * x, {}, 0).index].operation == code<op::sum>);
  // what is summed runs through one factor only: cheaper to sum that factor first
  value const tall{&g, a.index, map_of(0, 1), shape(2, 3, 3)};
  value const deep{&g, x.index, map_of(2), shape(2, 3, 3)};
  CHECK(g[sum(tall * deep, map_of(0, 2), 2).index].operation == code<op::sum>);
}

TEST_CASE("sums of sums are one sum", "[canonical]") {
  graph g;
  value const a = argument(g, "a", shape(2, 3, 4));
  value const rows = sum(a, map_of(0, 2), 2);
  value const all = sum(rows, {}, 0);
  CHECK(g[all.index].operand[0] == a.index);
  CHECK(g[all.index].reduced() == 3);
}

TEST_CASE("a sum of a contraction merges only where that is cheaper", "[canonical]") {
  graph g;
  shape const space(2, 4, 3);
  value const a{&g, argument(g, "a", shape(2, 3)).index, map_of(0, 2), space};
  value const b{&g, argument(g, "b", shape(3, 4)).index, map_of(2, 1), space};
  value const c = sum(a * b, map_of(0, 1), 2);
  REQUIRE(g[c.index].operation == code<op::contract>);
  // summing the product's columns: cheaper as a sum of the product than as one big contraction
  value const rows = sum(c, map_of(0), 1);
  CHECK(g[rows.index].operation == code<op::sum>);
  CHECK(g[rows.index].operand[0] == c.index);
  // a dimension that both factors run through
  shape const batch(5, 2, 3);
  value const p{&g, argument(g, "p", shape(5, 2, 3)).index, map_of(0, 1, 2), batch};
  value const q{&g, argument(g, "q", shape(5, 3)).index, map_of(0, 2), batch};
  value const each = sum(p * q, map_of(0, 1), 2);
  REQUIRE(g[each.index].operation == code<op::contract>);
  value const all = sum(each, map_of(1), 1);
  CHECK(g[all.index].operation == code<op::contract>);
  CHECK(g[all.index].reduced() == 2);
}

TEST_CASE("a dimension along which a summand does not vary becomes a factor", "[canonical]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  value const wide{&g, x.index, map_of(1), shape(5, 3)};
  value const total = sum(wide, {}, 0);
  CHECK(g[total.index].operation == code<op::mul>);
  CHECK(evaluate_at(g, {{1.0, 2.0, 4.0}})[total.index][0] == 35.0);
  value const columns = sum(wide, map_of(1), 1);  // nothing left to sum
  CHECK(g[columns.index].operation == code<op::mul>);
  CHECK(g[columns.index].operand[0] == x.index);
  value const constant{&g, g.constant(0.5), {}, shape(4)};
  CHECK(g.is_constant(sum(constant, {}, 0).index, 2.0));
}

TEST_CASE("a reduction over nothing is its operand", "[canonical]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  CHECK(ramp::ir::reduce_to<op::reduce_max>(x, map_of(0), 1).index == x.index);
  CHECK(sum(x, map_of(0), 1).index == x.index);
}

TEST_CASE("canonical form is idempotent: inserting a node again gives the node", "[canonical]") {
  graph g;
  value const a = argument(g, "a", shape(2, 3));
  value const b = argument(g, "b", shape(3));
  value const wide{&g, b.index, map_of(1), a.space};
  sum((a * wide + a).combine<op::exp>(0.0), map_of(1), 1);
  sum(a * wide, map_of(0), 1);
  for (int i = 0; i < g.size(); ++i) {
    node const n = g[i];
    if (op::is_leaf(n.operation)) continue;
    CHECK(g.insert(n) == i);
  }
}
