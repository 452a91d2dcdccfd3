// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <type_traits>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/nn/layer.hpp>
#include <ramp/nn/loss.hpp>

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto image = input<"image", 4>;
constexpr auto label = class_label<"label", 2>;
constexpr auto weight = parameter<"layer.weight", 4, 2>;
constexpr auto bias = parameter<"layer.bias", 2>;
constexpr auto loss = cross_entropy(dense<"layer", 2>(image), label);

template <class... Es>
lowered lower(Es const&... es) {
  lowerer l(standard.value);
  (l.add_constant(es), ...);
  return l.finish();
}

}  // namespace

TEST_CASE("leaves become arguments in order of first appearance", "[expr]") {
  lowered const l = lower(loss);
  REQUIRE(l.graph.arguments.size() == 4);
  CHECK(l.graph.arguments[0].name == "image");
  CHECK(l.graph.arguments[0].kind == ir::argument_kind::input);
  CHECK(l.graph.arguments[1].name == "layer.weight");
  CHECK(l.graph.arguments[1].kind == ir::argument_kind::parameter);
  CHECK(l.graph.arguments[1].extents == shape(4, 2));
  CHECK(l.graph.arguments[2].name == "layer.bias");
  CHECK(l.graph.arguments[3].classes == 2);
  CHECK(ir::verify(l.graph).empty());
}

TEST_CASE("a mean over the batch cuts the graph, and gradients pass through the cut", "[expr]") {
  constexpr auto total = mean_over_batch(loss) + 0.5 * sum(hadamard(weight, weight));
  constexpr auto by = gradient(total, wrt(weight, bias));
  lowered const l = lower(total, by);
  CHECK(ir::verify(l.graph).empty());
  // one for the loss and one for each parameter
  REQUIRE(l.means.size() == 3);
  CHECK(l.graph[l.means[0].node].rank == 0);
  CHECK(l.graph.arguments[static_cast<std::size_t>(l.means[1].argument)].extents == shape(4, 2));
  CHECK(l.graph.arguments[static_cast<std::size_t>(l.means[2].argument)].extents == shape(2));
  REQUIRE(l.roots.size() == 3);
  // the derivative by the bias is the mean and nothing else
  CHECK(l.graph[l.roots[2].node].is(ir::code<op::argument>));
  CHECK_FALSE(l.graph[l.roots[1].node].is(ir::code<op::argument>));
}

TEST_CASE("a name that stands for two things is reported", "[expr]") {
  lowered const l = lower(sum(variable<"x", 3>) + variable<"x">);
  REQUIRE(l.faults.clashing_name >= 0);
  CHECK(l.graph.arguments[static_cast<std::size_t>(l.faults.clashing_name)].name == "x");
  CHECK(lower(loss).faults.clashing_name == -1);
}

TEST_CASE("two different updates of one target are reported", "[expr]") {
  lowered const l = lower(updates(bias <<= bias + 1, bias <<= bias - 1));
  REQUIRE(l.faults.clashing_update >= 0);
  CHECK(l.graph.arguments[static_cast<std::size_t>(l.faults.clashing_update)].name == "layer.bias");
}

TEST_CASE("without rewriting a spelling stays as it is", "[expr]") {
  constexpr auto x = variable<"x">;
  static constexpr auto f = relu(x) - relu(-x);
  auto const head = [](rewriting spellings) {
    lowerer l(standard.value, spellings);
    l.add_constant(f);
    lowered const program = l.finish();
    return program.graph[program.roots[0].node].operation;
  };
  CHECK(head(rewriting::on) == ir::code<op::argument>);
  CHECK(head(rewriting::off) == ir::code<op::sub>);
}

TEST_CASE("sharing costs nothing: x * x twelve deep", "[expr]") {
  constexpr auto x = variable<"x">;
  // not deeper: debug information writes the name of a type out, twice as long at every turn
  constexpr auto deep = [=] {
    constexpr auto square = [](auto a) { return a * a + 0.5_c; };
    constexpr auto four = [=](auto a) { return square(square(square(square(a)))); };
    return four(four(four(x)));
  }();
  static_assert(sizeof(deep) == 1);
  CHECK(lower(deep).graph.size() <= 37);
}

TEST_CASE("raw numbers are constants in one form and arguments in the other", "[expr]") {
  constexpr auto f = 2.0 * variable<"u"> + 3.0;
  static_assert(decltype(f)::literal_count == 2);
  lowered const with_constants = lower(f);
  CHECK(with_constants.graph.arguments.size() == 1);
  for (double number : {2.0, 3.0}) {
    bool found = false;
    for (int i = 0; i < with_constants.graph.size(); ++i)
      found = found || with_constants.graph.is_constant(i, number);
    CHECK(found);
  }
  lowerer arguments(standard.value);
  arguments.add<std::remove_const_t<decltype(f)>>();
  lowered const l = arguments.finish();
  REQUIRE(l.graph.arguments.size() == 3);
  CHECK(l.graph.arguments[0].name.empty());
  CHECK(l.graph.arguments[2].name == "u");
  for (int argument = 0; argument < 3; ++argument) {
    bool read = false;
    for (ir::node const& n : l.graph.nodes)
      read = read || (n.is(ir::code<op::argument>) && n.attribute[0] == argument);
    CHECK(read);
  }
}

TEST_CASE("an expression is lowered once under each policy", "[expr]") {
  constexpr auto x = variable<"x">;
  constexpr auto inner = gradient(relu(x), wrt(x));  // inherits the policy around it
  auto const under = [&](auto policy) { return gradient(inner * x, wrt(x), policy); };
  lowered const l = lower(under(at_zero<0.25>), under(at_zero<0.5>), under(at_zero<0.25>));
  REQUIRE(l.roots.size() == 3);
  CHECK(l.roots[0].node != l.roots[1].node);
  CHECK(l.roots[0].node == l.roots[2].node);
}
