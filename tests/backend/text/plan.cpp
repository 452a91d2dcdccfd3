// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/plan.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ramp/ir/matrix_value.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>

#include "backend/planned.hpp"

using namespace planned;
using backend::printed_plan;
using backend::text_sink;
using ramp::ir::matrix_operation;
using ramp::ir::reduce_to;

namespace {

template <class Write>
std::string text_of(Write write) {
  std::string text;
  text_sink sink([](void* to, std::string_view piece) {
    static_cast<std::string*>(to)->append(piece);
  }, &text);
  write(sink);
  return text;
}

program without_dead_code(program p) {
  ramp::list<int> live;
  for (auto const& r : p.roots) live.push_back(r.node);
  p.g = ramp::pass::eliminate_dead_code(p.g, live);
  for (std::size_t r = 0; r < live.size(); ++r) p.roots[r].node = live[r];
  return p;
}

/// What is printed of a program in double precision, in tiles of so many samples if not 0.
struct printer {
  pass::draft plan;
  std::vector<int> scheduled;
  printed_plan p;

  explicit printer(program const& source, int tile = 0)
      : plan(plan_of(without_dead_code(source), 8, tile > 0)) {
    REQUIRE(plan.fault == pass::plan_fault::none);
    for (pass::kernel const& k : plan.kernels)
      for (int i = 0; i < k.count; ++i) scheduled.push_back(plan.members[k.first + i]);
    p.graph = {.nodes = plan.nodes,
               .arguments = plan.arguments,
               .roots = plan.roots,
               .in_plan = true};
    p.placements = plan.placements;
    p.kernels = plan.kernels;
    p.members = plan.members;
    p.element_bytes = 8;
    p.arena_elements = static_cast<std::size_t>(plan.arena_elements);
    p.state_elements = static_cast<std::size_t>(plan.state_elements);
    p.tile = tile;
  }

  [[nodiscard]] std::string plan_text() const {
    std::vector<int> order(plan.nodes.size());
    std::vector<backend::label> labels(plan.nodes.size());
    return text_of([&](text_sink& out) {
      backend::write_plan(p, scheduled, order, labels, out);
    });
  }
  [[nodiscard]] std::string graph_text() const {
    return text_of([&](text_sink& out) { backend::write_graph(p.graph, p.placements, out); });
  }
};

value slice(program& p, value const& from, shape const& result) {
  ramp::ir::node n;
  n.operation = op::code<op::slice>;
  n.arity = 1;
  n.rank = result.rank;
  n.iteration = result;
  n.operand[0] = ramp::ir::full(from);
  n.attribute = {0, 0, 1};
  return ramp::ir::value_of(p.g, p.g.insert(n));
}

value exponential(value const& v) { return v.combine<op::exp>(0.0); }

/// A layer, its loss and its gradient, with updates.
program step(int samples) {
  program p;
  value const x = p.input("x", shape(samples, 16));
  value const w = p.parameter("w", shape(16, 8));
  value const b = p.parameter("b", shape(8));
  value const z = product(x, w);
  value const h = (z + spread(b, z.space, {1})).combine<op::tanh>(0.0);
  value const slope = h * (1.0 - h * h);
  p.loss(reduce_to<op::sum>(h * h, {}, 0));
  p.update(w, w - product(x, slope, true) * 0.25);
  p.update(b, b - reduce_to<op::sum>(slope, dimensions({1}), 1) * 0.25);
  return p;
}

std::string grouped(std::size_t number) {
  return text_of([&](text_sink& out) { backend::detail::write_grouped(out, number); });
}

}  // namespace

TEST_CASE("digits are grouped by three", "[text]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(7) == "7");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1005) == "1,005");
  CHECK(grouped(1050) == "1,050");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(20000000) == "20,000,000");
  CHECK(grouped(1000000001) == "1,000,000,001");
}

TEST_CASE("the plan of a formula", "[text]") {
  program p;
  value const x = p.variable("x", {});
  value const wave = x.combine<op::sin>(0.0) * exponential(-(x * x));
  p.output(wave);
  CHECK(printer(p).plan_text() ==
        "1. 5 operations on scalars\n"
        "   output = sin(x) * exp(-x * x)\n"
        "memory: 64 bytes between kernels");
  p.output(wave * x);
  CHECK(printer(p).plan_text() ==
        "1. 6 operations on scalars\n"
        "   output[0] = sin(x) * exp(-x * x)\n"
        "   output[1] = output[0] * x\n"
        "memory: 64 bytes between kernels");
  program one;
  one.output(exponential(one.variable("x", {})));
  CHECK(printer(one).plan_text() ==
        "1. 1 operation on scalars\n"
        "   output = exp(x)\n"
        "memory: 64 bytes between kernels");
}

TEST_CASE("outputs beyond the eighth have numbers", "[text]") {
  program p;
  value v = p.variable("x", {});
  for (int i = 0; i < 10; ++i) p.output(v = exponential(v));
  std::string const text = printer(p).plan_text();
  CHECK(text.find("output[7] = exp(output[6])\n") != std::string::npos);
  CHECK(text.find("t1 = exp(output[7])\n") != std::string::npos);
  CHECK(text.find("t2 = exp(t1)\n") != std::string::npos);
}

TEST_CASE("names keep clear of the user's, in a plan too", "[text]") {
  program p;
  value const m = p.variable("t1", shape(4, 4));
  p.output(matrix_operation<op::inverse>(exponential(m)));
  CHECK(printer(p).plan_text() ==
        "1. 4 rows of 4 lanes\n"
        "   tt1 = exp(t1)\n"
        "2. inverse, 4 x 4\n"
        "   output = inverse(tt1)\n"
        "memory: 512 bytes between kernels");
}

TEST_CASE("the plan of functions of matrices", "[text]") {
  program p;
  value const many = p.variable("many", shape(2, 4, 4));
  value const right = p.variable("right", shape(2, 4, 2));
  value const one = p.variable("one", shape(4, 4));
  value const v = p.variable("v", shape(5));
  p.output(matrix_operation<op::solve>(many, right));
  p.output(matrix_operation<op::determinant>(one));
  p.output(matrix_operation<op::triangular_solve>(one, slice(p, v, shape(4))));
  CHECK(printer(p).plan_text() ==
        "1. solve, 4 x 4 for 2 columns, 2 times\n"
        "   output[0] = solve(many, right)\n"
        "2. determinant, 4 x 4\n"
        "   output[1] = determinant(one)\n"
        "3. slice, 4\n"
        "   t1 = slice<0, 0, 4>(v)\n"
        "4. triangular_solve, 4 x 4 for 1 column\n"
        "   output[2] = solve_lower(one, t1)\n"
        "memory: 448 bytes between kernels");
}

TEST_CASE("kernels say how they compute", "[text]") {
  program p;
  value const a = p.variable("a", shape(6, 24));
  value const v = p.variable("v", shape(24));
  value const k = p.variable("k", shape(2, 3, 4));
  value const matrix = product(a, a, false, true);
  p.output(exponential(v));
  p.output(exponential(a) / spread(reduce_to<op::sum>(exponential(a), dimensions({1}), 1), a.space,
                                   {1}));
  p.output(matrix);
  p.output(reduce_to<op::sum>(spread(v, shape(6, 24), {1}) * a, dimensions({0}), 1));
  p.output(spread(a, shape(24, 6), {1, 0}));
  p.output(reduce_to<op::reduce_max>(k, dimensions({1}), 1));
  p.output(reduce_to<op::sum>(k, {}, 0));
  std::string const text = printer(p).plan_text();
  INFO(text);
  for (std::string_view line :
       {". vector of 24\n   output[0] = exp(v)\n",
        ". 6 rows of 24 lanes, 2 passes over the rows\n",
        ". copy with the other dimension in lanes, 6 x 24\n   t1 = a\n",
        ". matrix product, 6 x 6 over 24\n   output[2] = a * transpose(t1)\n",
        ". product of a matrix and a vector, 6 over 24\n   output[3] = t1 * v\n",
        ". copy, 24 x 6\n   output[4] = transpose(a)\n",
        ". reduce_max, 3 over 2 x 4\n   output[5] = max(k, axis<0, 2>)\n",
        ". sum, 2 x 3 x 4\n   output[6] = sum(k)\n"})
    CHECK(text.find(line) != std::string::npos);
}

TEST_CASE("the plan of a training step", "[text]") {
  CHECK(printer(step(4), 4).plan_text() ==
        "1. [every tile] matrix product, 4 x 8 over 16, starting from b, sums over samples\n"
        "   t1 = tanh(x * w + b)\n"
        "   t2 = hadamard(t1, t1)\n"
        "   t3 = hadamard(t1, 1 - t2)\n"
        "   t4 += sum(t3, axis<0>)\n"
        "   t5 = 0.25 * t4\n"
        "2. [every tile] 4 rows of 8 lanes, sums over samples\n"
        "   loss += sum(t2)\n"
        "3. [every tile] matrix product, 16 x 8 over 4, sums over samples, then updates in place\n"
        "   t6 += transpose(x) * t3\n"
        "   w <<= w - 0.25 * t6\n"
        "4. [last tile] vector of 8, updates in place\n"
        "   b <<= b - t5\n"
        "memory: 1,088 bytes of state, 1,792 bytes between kernels, 1,096 of them sums over "
        "samples; tiles of 4 samples");
}

TEST_CASE("without tiles nothing goes on", "[text]") {
  std::string const text = printer(step(4)).plan_text();
  INFO(text);
  CHECK(text.find("\n   loss = sum(") != std::string::npos);
  CHECK(text.find("1. matrix product, 4 x 8 over 16, starting from b\n") == 0);
  CHECK(text.find(", updates in place\n") != std::string::npos);
  for (std::string_view part : {"+=", "tile", "over samples"})
    CHECK(text.find(part) == std::string::npos);
}

TEST_CASE("the nodes of a plan", "[text]") {
  program p;
  value const v = p.variable("v", shape(5));
  value const a = p.variable("A", shape(5, 7));
  shape const space(7, 5);
  value const vector =
      reduce_to<op::sum>(spread(v, space, {1}) * spread(a, space, {1, 0}), dimensions({0}), 1);
  p.output(vector + p.variable("w", shape(7)));
  CHECK(printer(p).graph_text() ==
        "0    argument       v                       5\n"
        "1    argument       A                       5 x 7\n"
        "2    contract       0(1) 1(1,0)             7 over 5            kernel 1\n"
        "3    argument       w                       7\n"
        "4    add            2 3                     7                   kernel 1");
  // a matrix operation reads whole matrices; the vectors of a solution are no sum
  program q;
  value const s = q.variable("S", shape(5, 5));
  value const determinant = matrix_operation<op::determinant>(s);
  q.output(determinant * matrix_operation<op::solve>(s, q.variable("v", shape(5))));
  CHECK(printer(q).graph_text() ==
        "0    argument       S                       5 x 5\n"
        "1    determinant    0                       scalar over 5 x 5   kernel 1\n"
        "2    argument       v                       5\n"
        "3    solve          0(2,0) 2(2)             5                   kernel 2\n"
        "4    mul            1 3                     5                   kernel 3");
}

TEST_CASE("the nodes of a graph that has no plan", "[text]") {
  program p;
  value const number = p.argument("", argument_kind::number, {});
  value const x = p.variable("a name that is longer than its column", shape(3, 2));
  p.output(slice(p, x, shape(2, 2)));
  p.output(x * number - 0.1);
  CHECK(text_of([&](text_sink& out) {
          backend::write_graph({.nodes = p.g.nodes, .arguments = p.g.arguments, .roots = {}}, {},
                               out);
        }) ==
        "0    argument       number 1                scalar\n"
        "1    argument       a name that is longer than its column 3 x 2\n"
        "2    slice          1                       2 x 2\n"
        "3    mul            1 0                     3 x 2\n"
        "4    constant       0.1                     scalar\n"
        "5    sub            3 4                     3 x 2");
}
