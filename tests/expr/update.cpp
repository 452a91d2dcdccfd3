// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/update.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto x = input<"x", 2>;
constexpr auto weight = parameter<"layer.weight", 2>;
constexpr auto bias = parameter<"layer.bias">;

lowered lower(auto const& e) {
  lowerer l(standard.value);
  l.add_constant(e);
  return l.finish();
}

numbers value_of(lowered const& program) {
  return test::elements_of(program, {{"x", {1, 2}},
                                     {"layer.weight", {3, 4}},
                                     {"layer.bias", 5.0},
                                     {pass::sample_weight_name, 0.5},
                                     {pass::batch_sum_name, 7.0}});
}
numbers value(auto const& e) { return value_of(lower(e)); }

std::string_view target_of(lowered const& l, std::size_t root) {
  return l.graph.arguments[static_cast<std::size_t>(l.roots[root].target)].name;
}

}  // namespace

TEST_CASE("memory has the name and the shape of its parameter", "[expr]") {
  auto const momentum = state_like<"momentum">(weight);
  using leaf = std::remove_const_t<decltype(momentum)>;
  CHECK(leaf::argument ==
        ir::argument{"layer.weight.momentum", ir::argument_kind::state, shape(2), 0});
  CHECK(decltype(state<"step">)::argument ==
        ir::argument{"step", ir::argument_kind::state, {}, 0});
}

TEST_CASE("an update has the new value, its target the old one", "[expr]") {
  CHECK(value(weight <<= weight - 0.5 * x) == numbers{2.5, 3});
  CHECK(value((bias <<= bias + 1) * 10 + bias) == numbers{65});
  // whatever is updated before it
  lowered both = lower(updates(weight <<= weight + 1, bias <<= sum(weight)));
  both.roots[0] = both.roots[1];
  CHECK(value_of(both) == numbers{7});
  // of every element, where it is a scalar
  static_assert(decltype(weight <<= 0)::shape_of == shape(2));
  CHECK(value(weight <<= bias) == numbers{5, 5});
  CHECK(value(weight <<= 0) == numbers{0, 0});
  CHECK(value(sum(weight <<= bias + 1) + sum(parameter<"layer.weight", 2> <<= bias + 1)) ==
        numbers{24});
}

TEST_CASE("an update is one node however often it is used", "[expr]") {
  constexpr auto g = gradient(sum(hadamard(weight, weight)), wrt(weight));
  auto const momentum = state_like<"momentum">(weight);
  auto const next = (momentum <<= 0.9 * momentum + g);
  auto const both = updates(next, weight <<= weight - 0.1 * next);
  lowered const l = lower(both);
  REQUIRE(l.roots.size() == 2);
  CHECK(l.roots[0].kind == lowered_kind::update);
  CHECK(target_of(l, 0) == "layer.weight.momentum");
  CHECK(target_of(l, 1) == "layer.weight");
  CHECK(l.faults.clashing_update == -1);

  // as a value its raw numbers are arguments; the second use of `next` reads those of the first
  lowerer arguments(standard.value);
  arguments.add<std::remove_const_t<decltype(both)>>();
  lowered const values = arguments.finish();
  CHECK(decltype(both)::literal_count == 3);
  int const first = values.roots[0].node;
  bool used = false;
  for (ir::node const& n : values.graph.nodes)
    for (std::size_t k = 0; k < n.arity; ++k) used = used || n.operand[k] == first;
  CHECK(used);
}

TEST_CASE("an update is told apart by its target and its value", "[expr]") {
  using one = decltype(weight <<= x);
  CHECK(one::identity != decltype(weight <<= x + x)::identity);
  CHECK(one::identity != decltype(parameter<"other", 2> <<= x)::identity);
  CHECK(one::identity != decltype(+x)::identity);
}

TEST_CASE("updates and outputs hold the numbers of all in their order", "[expr]") {
  auto const both = updates(weight <<= 2.0 * x, bias <<= bias - 3.0);
  CHECK(both.literals.at == std::array{2.0, 3.0});
  lowered const l = lower(both);
  REQUIRE(l.roots.size() == 2);
  CHECK(l.roots[1].kind == lowered_kind::update);
  CHECK(target_of(l, 1) == "layer.bias");
  lowered const results = lower(outputs(x * 4.0, bias, bias <<= bias * 5.0));
  REQUIRE(results.roots.size() == 3);
  CHECK(results.roots[0].kind == lowered_kind::value);
  CHECK(results.roots[0].extents == shape(2));
  CHECK(results.roots[1].target == -1);
  CHECK(results.roots[2].kind == lowered_kind::update);
  CHECK(decltype(outputs(x * 4.0, bias + 5.0))::literal_count == 2);
  CHECK(outputs(x * 4.0, bias + 5.0).literals.at == std::array{4.0, 5.0});
}

TEST_CASE("a mean over the batch is a number to what is computed from it", "[expr]") {
  constexpr auto loss = mean_over_batch(dot(x, weight));
  static_assert(decltype(loss)::shape_of == shape());
  static_assert(decltype(mean_over_batch(x))::shape_of == shape(2));
  CHECK(value(loss + bias) == numbers{12});
  lowered const l = lower(outputs(loss * loss, loss + bias));
  REQUIRE(l.means.size() == 1);
  CHECK(l.graph.arguments[static_cast<std::size_t>(l.means[0].argument)].name ==
        pass::batch_sum_name);
  CHECK(lower(outputs(loss, mean_over_batch(sum(x)))).means.size() == 2);
}
