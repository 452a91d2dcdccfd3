// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/builder.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string_view>
#include <vector>

#include "expr/evaluate.hpp"

using namespace ramp;
using detail::builder;
using ir::code;
using ir::value;

namespace {

using numbers = std::vector<double>;
using kind = ir::argument_kind;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"v", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {pass::sample_weight_name, 0.5},
};

/// A graph with arguments x, v and m.
struct subject : builder {
  value x = argument({"x", kind::variable, {}, 0});
  value v = argument({"v", kind::variable, shape(3), 0});
  value m = argument({"m", kind::variable, shape(2, 3), 0});

  subject() = default;
  subject(subject const&) = delete;

  numbers elements(value const& of) {
    int const root = ir::full(of);
    return test::elements_of({graph, {{lowered_kind::value, root, -1, of.space}}, {}, {}, {}, {}},
                             values);
  }
  ir::node const& node_of(value const& of) const { return graph[of.index]; }
};

}  // namespace

TEST_CASE("an elementwise operation has the shape of its operands but for numbers", "[expr]") {
  subject b;
  value const moved = b.apply<op::add>(b.x, b.v);
  CHECK(moved.space == shape(3));
  CHECK(b.elements(moved) == numbers{4, 5, 6});
  CHECK(b.elements(b.apply<op::fma>(b.number(2.0), b.m, b.x)) == numbers{5, 7, 9, 11, 13, 15});
  CHECK(b.elements(b.apply<op::mul>(b.number(2.0), b.number(5.0))) == numbers{10});
}

TEST_CASE("a value has the shape of its expression where its node is one number", "[expr]") {
  subject b;
  value const twos{&b.graph, b.graph.constant(2.0), {}, shape(2, 3)};
  value const threes = b.apply<op::add>(twos, b.number(1.0));
  CHECK(b.node_of(threes).rank == 0);
  CHECK(threes.space == shape(2, 3));
  CHECK(b.elements(threes) == numbers(6, 3.0));
  CHECK(b.elements(b.fold<op::sum>(threes, 0b10u)) == numbers{9, 9});
  CHECK(b.seen(twos.index, shape(2, 3)).map == ir::axis_map{});
  CHECK(b.seen(b.m.index, shape(2, 3)).map == ir::axis_map::identity(2));
}

TEST_CASE("spellings are rewritten unless they are to stay", "[expr]") {
  auto const ramp_of = [](bool rewrites) {
    subject b;
    b.rewrites = rewrites;
    return b.node_of(b.apply<op::max>(b.x, b.number(0.0))).operation;
  };
  CHECK(ramp_of(true) == code<op::relu>);
  CHECK(ramp_of(false) == code<op::max>);
}

TEST_CASE("an argument is added once", "[expr]") {
  subject b;
  CHECK(b.argument({"x", kind::variable, {}, 0}).index == b.x.index);
  CHECK(b.graph.arguments.size() == 3);
  CHECK(b.argument({"x", kind::input, {}, 0}).index != b.x.index);
  CHECK_FALSE(b.is_label(b.x));
  builder labelled;
  value const label = labelled.argument({"label", kind::label, {}, 3});
  CHECK(labelled.is_label(label));
  CHECK_FALSE(labelled.is_label(labelled.apply<op::neg>(label)));
}

TEST_CASE("a fold takes dimensions away, and unfold repeats along them", "[expr]") {
  subject b;
  value const rows = b.fold<op::sum>(b.m, 0b10u);
  CHECK(rows.space == shape(2));
  CHECK(b.elements(rows) == numbers{6, 15});
  CHECK(b.elements(b.fold<op::reduce_max>(b.m, 0b01u)) == numbers{4, 5, 6});
  CHECK(b.elements(b.fold<op::sum>(b.m, 0b11u)) == numbers{21});
  CHECK(b.elements(b.unfold(rows, 0b10u, shape(2, 3))) == numbers{6, 6, 6, 15, 15, 15});
  value const columns = b.fold<op::sum>(b.m, 0b01u);
  CHECK(b.elements(b.unfold(columns, 0b01u, shape(2, 3))) == numbers{5, 7, 9, 5, 7, 9});
  CHECK(b.node_of(b.fold<op::reduce_max>(b.v, 1u, symmetric.value)).policy == symmetric.value);
}

TEST_CASE("dimensions are permuted and placed without a node", "[expr]") {
  subject b;
  int const before = b.graph.size();
  value const turned = b.permuted(b.m, {1, 0});
  value const wide = b.placed({b.v, {1}}, shape(2, 3));
  value const tall = b.placed({b.permuted(b.m, {1, 0}), {0, 2}}, shape(3, 2, 2));
  CHECK(b.graph.size() == before);
  CHECK(turned.space == shape(3, 2));
  CHECK(b.elements(turned) == numbers{1, 4, 2, 5, 3, 6});
  value const cube = b.reshaped(b.m, shape(1, 2, 3));
  CHECK(b.permuted(cube, {2, 0, 1}).space == shape(3, 1, 2));
  CHECK(b.elements(b.permuted(cube, {2, 0, 1})) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(b.elements(wide) == numbers{1, 2, 3, 1, 2, 3});
  CHECK(b.elements(tall) == numbers{1, 4, 1, 4, 2, 5, 2, 5, 3, 6, 3, 6});
}

TEST_CASE("a product sums over what is behind the result", "[expr]") {
  subject b;
  CHECK(b.elements(b.product({b.m, {0, 1}}, {b.v, {1}}, shape(2, 3), 1)) == numbers{14, 32});
  CHECK(b.elements(b.product({b.v, {0}}, {b.v, {1}}, shape(3, 3), 2)) ==
        numbers{1, 2, 3, 2, 4, 6, 3, 6, 9});
  CHECK(b.elements(b.product({b.m, {0, 2}}, {b.m, {1, 2}}, shape(2, 2, 3), 2)) ==
        numbers{14, 32, 32, 77});
}

TEST_CASE("what moves elements has every one of them", "[expr]") {
  subject b;
  CHECK(b.elements(b.reshaped(b.m, shape(3, 2))) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(b.reshaped(b.m, shape(2, 3)).index == b.m.index);
  CHECK(b.elements(b.joined(0, b.v, b.v)) == numbers{1, 2, 3, 1, 2, 3});
  CHECK(b.elements(b.joined(1, b.m, b.m)) == numbers{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6});
  value const twos{&b.graph, b.graph.constant(2.0), {}, shape(3)};
  CHECK(b.elements(b.joined(0, twos, b.v)) == numbers{2, 2, 2, 1, 2, 3});
  value const last = b.moved<op::slice>(std::array{b.m}, {1, 2, -1}, shape(2, 2));
  CHECK(b.elements(last) == numbers{3, 2, 6, 5});
  CHECK(b.elements(b.joined(1, b.m, last)) == numbers{1, 2, 3, 3, 2, 4, 5, 6, 6, 5});
}

TEST_CASE("what the policy asks for is noted", "[expr]") {
  subject b;
  b.set_policy(standard.value);
  (void)b.elementwise(code<op::relu>, {}, std::array{b.x});
  CHECK_FALSE(b.smoothing);
  CHECK_FALSE(b.traps.asked);
  (void)b.elementwise(code<op::relu>, trap.value, std::array{b.x});
  CHECK(b.traps.asked);
  (void)b.elementwise(code<op::relu>, smooth<1.0>.value, std::array{b.x});
  CHECK(b.smoothing);
  CHECK(b.faults.unstated_convention == -1);
  (void)b.fold<op::reduce_norm>(b.v, 1u, jax.value);
  CHECK(b.faults.unstated_convention == static_cast<int>(code<op::reduce_norm>));

  subject folds;
  (void)folds.fold<op::reduce_max>(folds.v, 1u, trap.value);
  CHECK(folds.traps.asked);
  (void)folds.fold<op::reduce_max>(folds.v, 1u, smooth<1.0>.value);
  CHECK(folds.smoothing);

  subject around;
  around.set_policy(smooth<1.0>.value);
  CHECK(around.smoothing);
}

TEST_CASE("a smooth policy is applied to what is finished", "[expr]") {
  subject b;
  value const kinked = b.apply<op::relu>(b.apply<op::sub>(b.x, b.number(3.0)));
  CHECK(b.finished(kinked).index == kinked.index);
  b.set_policy(smooth<4.0>.value);
  value const smooth_at_0 = b.finished(kinked);
  CHECK(smooth_at_0.index != kinked.index);
  CHECK(b.elements(smooth_at_0)[0] == Approx(0.69314718055994531));  // t log(2), t = 1
  CHECK(b.settled(kinked, smooth<1.0>.value).index == kinked.index);
  // what has been differentiated under another policy keeps it inside a smooth one
  b.set_policy(symmetric.value);
  CHECK(b.settled(kinked, standard.value).index == kinked.index);
  value const kept = b.settled(kinked, smooth<4.0>.value);
  CHECK(b.node_of(kept).is(code<op::relu>));
  CHECK(b.node_of(kept).policy == symmetric.value);
}

TEST_CASE("a mean over the batch is a cut, one for each value", "[expr]") {
  subject b;
  value const mean = b.mean_over_batch(b.v);
  CHECK(mean.space == shape(3));
  CHECK(b.node_of(mean).is(code<op::argument>));
  REQUIRE(b.means.size() == 1);
  CHECK(b.graph.arguments[static_cast<std::size_t>(b.means[0].argument)].extents == shape(3));
  // of the value times the weight of a sample
  subject weighted;
  int const product = weighted.apply<op::mul>(weighted.x, weighted.sample_weight()).index;
  (void)weighted.mean_over_batch(weighted.x);
  CHECK(weighted.means[0].node == product);
  CHECK(b.mean_over_batch(b.v).index == mean.index);
  CHECK(b.mean_over_batch(b.x).index != mean.index);
  CHECK(b.means.size() == 2);
}

TEST_CASE("a mean in anything but a reverse sweep is reported", "[expr]") {
  subject b;
  b.require_no_mean(b.x.index);
  value const mean = b.mean_over_batch(b.x);
  b.require_no_mean(b.apply<op::exp>(b.x).index);
  CHECK_FALSE(b.faults.mean_in_jacobian);
  b.require_no_mean(b.apply<op::exp>(mean).index);
  CHECK(b.faults.mean_in_jacobian);
}

TEST_CASE("a reverse sweep is made once, and passes a mean", "[expr]") {
  subject b;
  int const seed = b.graph.constant(1.0);
  int const root = b.apply<op::mul>(b.x, b.x).index;
  list<int> const by_x = b.reverse(root, seed, {b.x.index});
  CHECK(b.elements(ir::value_of(b.graph, by_x[0])) == numbers{6});
  CHECK(b.reverse(root, seed, {b.v.index})[0] == -1);
  int const after = b.graph.size();
  CHECK(b.reverse(root, seed, {b.x.index}) == by_x);
  CHECK(b.graph.size() == after);
  // the square of a mean: the adjoint goes to the samples, and comes back as a sum of its own
  value const mean = b.mean_over_batch(b.apply<op::mul>(b.x, b.x));
  CHECK(b.means.size() == 1);
  int const both = b.apply<op::add>(b.apply<op::mul>(mean, mean), b.x).index;
  list<int> const through = b.reverse(both, seed, {b.x.index});
  CHECK(b.means.size() == 2);
  ir::node const& total = b.graph[through[0]];
  CHECK(total.is(code<op::add>));
}

TEST_CASE("a sweep along directions is made once", "[expr]") {
  subject b;
  int const root = b.apply<op::relu>(b.apply<op::sub>(b.x, b.number(3.0))).index;
  list<list<int>> const up{{b.graph.constant(1.0)}};
  list<list<int>> const down{{b.graph.constant(-1.0)}};
  auto const slope = [&](list<list<int>> const& directions) {
    int const made = b.reverse_along(root, {b.x.index}, directions).gradient[0];
    return b.elements(ir::value_of(b.graph, made));
  };
  CHECK(slope(up) == numbers{1});
  CHECK(slope(down) == numbers{0});
  int const after = b.graph.size();
  (void)b.reverse_along(root, {b.x.index}, up);
  CHECK(b.graph.size() == after);
}

TEST_CASE("what derivatives are made of is told from what was written", "[expr]") {
  subject b;
  value const f = b.elementwise(code<op::relu>, trap.value, std::array{b.x});
  int const first = b.graph.size();
  value const made = b.apply<op::exp>(f);
  b.derived(first, std::array{f, b.x}, trap.value);
  REQUIRE(b.traps.derived.size() == 1);
  CHECK(b.traps.derived[0].first == first);
  CHECK(b.traps.derived[0].end == b.graph.size());
  REQUIRE(b.traps.functions.size() == 1);  // an argument is no function
  CHECK(b.traps.functions[0].root == f.index);
  CHECK(b.traps.written.empty());
  (void)b.apply<op::exp>(f);  // now it is written, too
  REQUIRE(b.traps.written.size() == 1);
  CHECK(b.traps.written[0] == made.index);
}
