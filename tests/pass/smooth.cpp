// SPDX-License-Identifier: BSL-1.0
// Which kinks are replaced and which are not; what takes their place is in tests/laws/smooth.cpp.
#include <ramp/pass/smooth.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

using namespace ramp;
using ir::graph;
using ir::value;

namespace {

constexpr kink_policy wide{kink_rule::smooth, 1.0};
constexpr kink_policy narrow{kink_rule::smooth, 0x1p-20};
constexpr kink_policy rising = at_zero_policy<1.0>::value;

value argument(graph& g, shape const& extents = {}) {
  g.arguments.push_back({"x", ir::argument_kind::variable, extents, 0});
  return ir::value_of(g, g.argument_node(static_cast<int>(g.arguments.size()) - 1));
}
value relu(value const& v, kink_policy policy = {}) {
  return v.combine_under<op::relu>(policy, 0.0);
}

/// The new root; nodes that were there stay as they were.
int smoothed(graph& g, value const& root, kink_policy policy, bool settle = false) {
  auto const before = g.nodes;
  int fault = -1;
  int const result = pass::smoothed(g, root.index, policy, settle, fault);
  CHECK(fault == -1);
  REQUIRE(g.nodes.size() >= before.size());
  CHECK(std::equal(before.begin(), before.end(), g.nodes.begin()));
  CHECK(ir::verify(g) == "");
  return result;
}

bool has(graph const& g, int root, ir::opcode operation) {
  auto const needed = pass::detail::leads_to(g, root);
  for (int i = 0; i <= root; ++i)
    if (needed[i] != 0 && g[i].is(operation)) return true;
  return false;
}

double at(graph const& g, int root, double x) {
  constexpr ir::operation_set set = [] {
    ir::operation_set s;
    for (auto c : {ir::code<op::argument>, ir::code<op::constant>, ir::code<op::relu>,
                   ir::code<op::abs>, ir::code<op::softplus>, ir::code<op::log_two_cosh>,
                   ir::code<op::mul>, ir::code<op::add>, ir::code<op::sub>, ir::code<op::div>,
                   ir::code<op::exp>, ir::code<op::max>, ir::code<op::neg>})
      s.insert(c);
    return s;
  }();
  return ir::evaluate<double, set>(g, {&x})[root][0];
}

}  // namespace

TEST_CASE("where no kink is under a smooth policy the root stays", "[smooth]") {
  graph g;
  value const x = argument(g);
  value const f = relu(x) + (x * x).combine<op::exp>(0.0);
  int const nodes = g.size();
  CHECK(smoothed(g, f, standard.value) == f.index);
  CHECK(smoothed(g, x * x, wide) == (x * x).index);
  CHECK(g.size() == nodes);
}

TEST_CASE("a policy of a use comes before the one around it", "[smooth]") {
  graph g;
  value const x = argument(g);
  // smooth around, another inside
  value const kept = relu(x, rising);
  CHECK(smoothed(g, kept, wide) == kept.index);
  // and the other way round
  value const own = relu(x, wide);
  int const replaced = smoothed(g, own, standard.value);
  CHECK(!has(g, replaced, ir::code<op::relu>));
  CHECK(at(g, replaced, 0.0) > 0.1);
  // the width is that of the use, too
  CHECK(at(g, smoothed(g, relu(x, wide), narrow), 0.0) == at(g, replaced, 0.0));
  CHECK(at(g, smoothed(g, relu(x), narrow), 0.0) < 1e-6);
  // both in one graph
  int const both = smoothed(g, relu(x) + kept, wide);
  CHECK(has(g, both, ir::code<op::relu>));
  CHECK(at(g, both, 0.0) == at(g, replaced, 0.0));
}

TEST_CASE("kinks within kinks are all replaced", "[smooth]") {
  graph g;
  value const x = argument(g);
  value const nested = relu(x.combine<op::abs>(0.0) - x.number(0.25)) * x;
  int const root = smoothed(g, nested, narrow);
  CHECK(!has(g, root, ir::code<op::relu>));
  CHECK(!has(g, root, ir::code<op::abs>));
  for (double v : {-1.0, -0.25, 0.0, 0.1, 3.0})
    CHECK(at(g, root, v) == Approx(at(g, nested.index, v)).margin(1e-5));
  // once more: nothing is left
  CHECK(smoothed(g, ir::value_of(g, root), wide) == root);
}

TEST_CASE("what the root does not need is not looked at", "[smooth]") {
  graph g;
  value const x = argument(g);
  value const beside = relu(x);
  value const f = x * x;
  int const nodes = g.size();
  CHECK(smoothed(g, f, wide) == f.index);
  CHECK(g.size() == nodes);
  CHECK(beside.index < f.index);
}

TEST_CASE("settled kinks have a policy of their own, those that are smooth none", "[smooth]") {
  graph g;
  value const x = argument(g);
  value const f = x.combine<op::exp>(0.0) * relu(x) + relu(x, wide) + x.combine<op::abs>(0.0);
  int const settled = smoothed(g, f, rising, true);
  int seen = 0;
  auto const needed = pass::detail::leads_to(g, settled);
  for (int i = 0; i <= settled; ++i) {
    if (needed[i] == 0) continue;
    bool const follows = op::facts_of(g[i].operation).follows_policy;
    CHECK(g[i].policy == (follows ? rising : kink_policy{}));
    seen += follows ? 1 : 0;
  }
  CHECK(seen == 2);
  // what is settled already stays, and so does what nobody said anything about
  CHECK(smoothed(g, ir::value_of(g, settled), standard.value, true) == settled);
  value const plain = relu(x);
  CHECK(smoothed(g, plain, kink_policy{}, true) == plain.index);
  // without it they follow whatever is in force later
  int const open = smoothed(g, f, rising, false);
  CHECK(open != settled);
  CHECK(has(g, open, ir::code<op::relu>));
}

TEST_CASE("tensors and reductions keep their shapes", "[smooth]") {
  graph g;
  value const v = argument(g, shape(3, 4));
  value const kinked = v.combine<op::relu>(0.0);
  int const elements = smoothed(g, kinked, wide);
  CHECK(g[elements].result_shape() == shape(3, 4));
  value const largest = ir::reduce_to<op::reduce_max>(v, ir::axis_map::identity(1), 1);
  int const rows = smoothed(g, largest, wide);
  CHECK(rows != largest.index);
  CHECK(g[rows].result_shape() == shape(3));
  value const lengths = ir::reduce_to<op::reduce_norm>(v, ir::axis_map::identity(1), 1);
  CHECK(g[smoothed(g, lengths, wide)].result_shape() == shape(3));
  // a reader of what was replaced reads it in the same way
  value turned = ir::value_of(g, kinked.index);
  turned.map = ir::axis_map{0x01};
  turned.space = shape(4, 3);
  value const sum = ir::reduce_to<op::sum>(turned, ir::axis_map::identity(1), 1);
  int const of_turned = smoothed(g, sum, wide);
  CHECK(g[of_turned].result_shape() == shape(4));
  CHECK(g[of_turned].operand[0] == elements);
}
