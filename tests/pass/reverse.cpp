// SPDX-License-Identifier: BSL-1.0
// What every operation does is in tests/laws; here is what belongs to the mode.
#include <ramp/pass/reverse.hpp>

#include <catch2/catch.hpp>

#include <ramp/ir/verify.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/forward.hpp>

#include <algorithm>
#include <cmath>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::pass::reverse;
namespace op = ramp::op;

namespace {

constexpr auto policy = ramp::standard.value;

/// Nodes that a graph has once only its roots are kept.
int live_nodes(graph const& g, ramp::list<int> roots) {
  return ramp::pass::eliminate_dead_code(g, roots).size();
}

}  // namespace

TEST_CASE("what the root does not depend on has no adjoint", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  auto const adjoints = reverse(g, {(x * x).index}, {g.constant(1.0)}, {x.index, y.index}, policy);
  CHECK(adjoints[0] >= 0);
  CHECK(adjoints[1] == -1);
  CHECK(reverse(g, {x.combine<op::stop_gradient>(0.0).index}, {g.constant(1.0)}, {x.index},
                policy) == ramp::list<int>{-1});
}

TEST_CASE("the root's own adjoint is the seed", "[reverse]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  int const seed = argument(g, "w", shape(3)).index;
  CHECK(reverse(g, {x.index}, {seed}, {x.index}, policy) == ramp::list<int>{seed});
}

TEST_CASE("several roots add up, each with its seed", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  auto const adjoints =
      reverse(g, {(x * x).index, (x * 3.0).index, (x * x).index},
              {g.constant(1.0), g.constant(10.0), g.constant(2.0)}, {x.index}, policy);
  CHECK(evaluate_at(g, {{5.0}})[adjoints[0]][0] == 60.0);
}

TEST_CASE("a scalar seed stands for every element", "[reverse]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  auto const adjoints = reverse(g, {(x * x).index}, {g.constant(1.0)}, {x.index}, policy);
  auto const e = evaluate_at(g, {{3.0, -1.0}});
  CHECK(e[adjoints[0]][0] == 6.0);
  CHECK(e[adjoints[0]][1] == -2.0);
}

TEST_CASE("an intermediate node can be differentiated by", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value const u = x.combine<op::exp>(0.0);
  auto const adjoints = reverse(g, {(u * u + u).index}, {g.constant(1.0)}, {u.index}, policy);
  CHECK(evaluate_at(g, {{0.5}})[adjoints[0]][0] == Approx(2.0 * std::exp(0.5) + 1.0));
}

TEST_CASE("the gradient of a matrix product is two contractions", "[reverse]") {
  graph g;
  value const a = argument(g, "A", shape(4, 3));
  value const b = argument(g, "B", shape(3, 5));
  shape const space(4, 5, 3);
  value const product =
      value{&g, a.index, map_of(0, 2), space} * value{&g, b.index, map_of(2, 1), space};
  value const c = ramp::ir::reduce_to<op::sum>(product, map_of(0, 1), 2);
  REQUIRE(g[c.index].operation == code<op::contract>);
  int const seed = argument(g, "w", shape(4, 5)).index;
  auto const adjoints = reverse(g, {c.index}, {seed}, {a.index, b.index}, policy);
  CHECK(g[adjoints[0]].operation == code<op::contract>);
  CHECK(g[adjoints[1]].operation == code<op::contract>);
  CHECK(g[adjoints[0]].result_shape() == shape(4, 3));
  CHECK(g[adjoints[1]].result_shape() == shape(3, 5));
}

TEST_CASE("a chain of n products costs nodes linear in n", "[reverse]") {
  auto count = [](int n) {
    graph g;
    value const x = argument(g, "x");
    value f = x;
    for (int i = 0; i < n; ++i) f = f.combine<op::sin>(0.0) * x;
    return live_nodes(g, reverse(g, {f.index}, {g.constant(1.0)}, {x.index}, policy));
  };
  CHECK(count(20) - count(10) == count(30) - count(20));
  CHECK(count(20) < 20 * 10);
}

TEST_CASE("a value used many times is visited once", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value u = x;
  for (int i = 0; i < 20; ++i) u = u * u;
  auto const adjoints = reverse(g, {u.index}, {g.constant(1.0)}, {x.index}, policy);
  CHECK(live_nodes(g, adjoints) < 100);
  CHECK(evaluate_at(g, {{1.0}})[adjoints[0]][0] == 1048576.0);
}

TEST_CASE("the two uses in x * x are one term", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value const wave = x.combine<op::sin>(0.0);
  value const square = x * x;
  int const f = (wave + square).index;
  int const slope = reverse(g, {f}, {g.constant(1.0)}, {x.index}, policy)[0];
  value const twice = x * 2.0;
  CHECK(slope == (twice + x.combine<op::cos>(0.0)).index);
  // two uses of a matrix that differ in their maps stay two
  value const m = argument(g, "m", shape(2, 2));
  value const product = m * value{&g, m.index, map_of(1, 0), m.space};
  int const both = reverse(g, {product.index}, {g.constant(1.0)}, {m.index}, policy)[0];
  auto const e = evaluate_at(g, {{0.0}, {1.0, 2.0, 3.0, 4.0}});
  std::vector<double> const twice_transposed{2.0, 6.0, 4.0, 8.0};
  CHECK(std::equal(twice_transposed.begin(), twice_transposed.end(), e[both]));
}

TEST_CASE("a branch's adjoint is selected once", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value const zero = x.number(0.0);
  value const positive = zero.combine<op::less>(0.0, x);
  value const root = x.combine<op::sqrt>(0.0);
  value const half = x.number(0.5) / root;
  int const taken = positive.combine<op::where>(0.0, root, zero).index;
  CHECK(reverse(g, {taken}, {g.constant(1.0)}, {x.index}, policy)[0] ==
        positive.combine<op::where>(0.0, half, zero).index);
  value const not_positive = positive.combine<op::logical_not>(0.0);
  int const other = positive.combine<op::where>(0.0, zero, root).index;
  int const slope = reverse(g, {other}, {g.constant(1.0)}, {x.index}, policy)[0];
  CHECK(slope == not_positive.combine<op::where>(0.0, half, zero).index);
  CHECK(evaluate_at(g, {{-1.0}})[taken][0] == 0.0);
  CHECK(evaluate_at(g, {{4.0}})[slope][0] == 0.0);
}

TEST_CASE("forward over reverse is the Hessian, symmetric", "[reverse]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const rolled = value{&g, x.index, map_of(0), x.space};
  value const cube = rolled * rolled * rolled;
  value const total = ramp::ir::reduce_to<op::sum>(x, {}, 0);
  value const f = ramp::ir::reduce_to<op::sum>(cube, {}, 0) * total;
  int const gradient = reverse(g, {f.index}, {g.constant(1.0)}, {x.index}, policy)[0];
  int const direction = argument(g, "v", shape(2)).index;
  int const product = ramp::pass::forward(g, {gradient}, {x.index}, {direction}, policy)[0];
  auto column = [&](std::vector<double> v) {
    auto const e = evaluate_at(g, {{2.0, -1.0}, v});
    return std::vector<double>{e[product][0], e[product][1]};
  };
  // f = (a^3 + b^3)(a + b): f_aa = 6a(a+b) + 6a^2, f_ab = 3a^2 + 3b^2, f_bb = 6b(a+b) + 6b^2
  CHECK(column({1, 0}) == std::vector<double>{36, 15});
  CHECK(column({0, 1}) == std::vector<double>{15, 0});
}

TEST_CASE("reverse changes no node that was there", "[reverse]") {
  graph g;
  value const x = argument(g, "x");
  value const f = x.combine<op::sin>(0.0).combine<op::exp>(0.0);
  auto const before = g.nodes;
  reverse(g, {f.index}, {g.constant(1.0)}, {x.index}, policy);
  REQUIRE(g.nodes.size() > before.size());
  CHECK(std::equal(before.begin(), before.end(), g.nodes.begin()));
  CHECK(ramp::ir::verify(g) == "");
}
