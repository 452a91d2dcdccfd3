// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/source.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <string_view>
#include <type_traits>

#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>

using namespace ramp;
using detail::frozen;
using detail::lowered_program;
using detail::program_of;

namespace {

/// A program with one of everything, written by hand: x * w and x + w, a mean and a counter.
template <bool AsksForTraps>
struct by_hand {
  static constexpr int literal_count = 0;
  template <bool WithCounters = false>
  static constexpr lowered lower() {
    lowered l;
    ir::graph& g = l.graph;
    ir::value const x = ir::value_of(
        g, g.argument_node(g.find_or_add({"x", ir::argument_kind::input, shape(3), 0})));
    ir::value const w = ir::value_of(
        g, g.argument_node(g.find_or_add({"w", ir::argument_kind::parameter, shape(3), 0})));
    int const product = (x * w).index;
    l.roots = {{lowered_kind::value, product, -1, shape(3)},
               {lowered_kind::update, (x + w).index, 1, shape(3)}};
    l.means = {{product, 0}};
    l.asks_for_traps = AsksForTraps;
    if (WithCounters) {
      l.roots.push_back({lowered_kind::counter, product, -1, {}});
      l.traps.push_back({x.index, trap_kind::kink, true, 2, product});
    }
    l.faults.clashing_name = 1;
    return l;
  }
};

/// A user's operation, whose value is the sine and whose rule is of no concern any more.
constexpr lowered with_own_rule() {
  lowered l;
  ir::graph& g = l.graph;
  ir::value const x = ir::value_of(
      g, g.argument_node(g.find_or_add({"x", ir::argument_kind::variable, shape(2), 0})));
  g.rules.push_back([](pass::rule const& r) { return r.g; });
  ir::value const sine = x.combine<op::sin>(0.0);
  ir::node n;
  n.operation = ir::code<op::defined>;
  n.arity = 3;
  n.rank = 1;
  n.iteration = shape(2);
  n.operand = {sine.index, x.index, x.index};
  n.map = {ir::axis_map::identity(1), ir::axis_map::identity(1), ir::axis_map::identity(1)};
  n.attribute[0] = 1;
  ir::value const defined = ir::value_of(g, g.insert(n));
  int const root = defined.combine<op::exp>(0.0).index;
  l.roots.push_back({lowered_kind::value, root, -1, shape(2)});
  l.means.push_back({root, 0});
  l.traps.push_back({defined.index, trap_kind::kink, false, 1, root});
  return l;
}

constexpr auto x = variable<"x">;

}  // namespace

TEST_CASE("a lowered program is kept in arrays of its size", "[source]") {
  constexpr auto size = detail::size_of(by_hand<true>::lower<true>());
  CHECK(size.nodes == 4);
  CHECK(size.arguments == 2);
  CHECK(size.roots == 3);
  CHECK(size.means == 1);
  CHECK(size.traps == 1);
  constexpr frozen<size> p(by_hand<true>::lower<true>());
  static_assert(p.result_count == 2);  // a counter is no result
  lowered const l = by_hand<true>::lower<true>();
  CHECK(std::equal(p.nodes.begin(), p.nodes.end(), l.graph.nodes.begin()));
  CHECK(std::equal(p.arguments.begin(), p.arguments.end(), l.graph.arguments.begin()));
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(p.roots[j].kind == l.roots[j].kind);
    CHECK(p.roots[j].node == l.roots[j].node);
    CHECK(p.roots[j].target == l.roots[j].target);
    CHECK(p.roots[j].extents == l.roots[j].extents);
  }
  CHECK(p.means[0].node == l.means[0].node);
  CHECK(p.traps[0] == l.traps[0]);
  CHECK(p.asks_for_traps);
  CHECK(p.faults.clashing_name == 1);

  ir::graph const again = p.graph();
  CHECK(again.nodes == l.graph.nodes);
  CHECK(again.arguments == l.graph.arguments);
}

TEST_CASE("counters are in a program that asks for them", "[source]") {
  static_assert(program_of<by_hand<false>>.result_count == 2);
  static_assert(program_of<by_hand<false>>.roots.size() == 2);
  static_assert(&program_of<by_hand<false>> == &lowered_program<by_hand<false>>);
  static_assert(program_of<by_hand<true>>.result_count == 2);
  static_assert(program_of<by_hand<true>>.roots.size() == 3);
  static_assert(program_of<by_hand<true>>.traps[0].stops);
  static_assert(lowered_program<by_hand<true>>.traps.empty());
}

TEST_CASE("rules of the user's operations are gone from a settled program", "[source]") {
  lowered const before = with_own_rule();
  lowered const after = detail::settled(before);
  CHECK(after.graph.rules.empty());
  for (ir::node const& n : after.graph.nodes) CHECK_FALSE(n.is(ir::code<op::defined>));
  int const root = after.roots[0].node;
  CHECK(after.graph[root].is(ir::code<op::exp>));
  CHECK(after.graph[after.graph[root].operand[0]].is(ir::code<op::sin>));
  CHECK(after.means[0].node == root);
  CHECK(after.traps[0].count == root);
  CHECK(after.graph[after.traps[0].place].is(ir::code<op::sin>));
  // without rules nothing changes
  lowered const plain = by_hand<false>::lower();
  CHECK(detail::settled(plain).graph.nodes == plain.graph.nodes);
}

TEST_CASE("arguments are named by types", "[source]") {
  using program = by_hand<false>;
  static_assert(std::is_same_v<detail::named_argument<program, 0>, detail::named<"x">>);
  static_assert(std::is_same_v<detail::argument_at<program, 1>::name, detail::named<"w">>);
  static_assert(std::is_same_v<detail::argument_at<program, -1>::name, void>);
}

TEST_CASE("arguments are found by name, and are the leaves that they were written as", "[source]") {
  using source = by_hand<false>;
  using detail::needed_leaf;
  static_assert(detail::index_of_argument<source>("x") == 0);
  static_assert(detail::index_of_argument<source>("w") == 1);
  static_assert(detail::index_of_argument<source>("y") == -1);
  static_assert(detail::index_of_argument<source>("") == -1);
  using x = std::remove_const_t<decltype(input<"x", 3>)>;
  using y = std::remove_const_t<decltype(input<"y", 3>)>;
  static_assert(std::is_same_v<detail::leaf_at<source, 0>::type, x>);
  static_assert(std::is_same_v<needed_leaf<source, x>, x>);
  static_assert(
      std::is_same_v<needed_leaf<source, std::remove_const_t<decltype(input<"x", 2>)>>, x>);
  static_assert(
      std::is_same_v<needed_leaf<source, std::remove_const_t<decltype(variable<"x", 3>)>>, x>);
  static_assert(std::is_same_v<needed_leaf<source, y>, y>);  // there is no y
}

TEST_CASE("a program computes in float or double, under one policy", "[source]") {
  static_assert(detail::check_floating<float>() && detail::check_floating<double>());
  static_assert(detail::whole_program_policy<>::value == standard.value);
  static_assert(detail::whole_program_policy<std::remove_const_t<decltype(symmetric)>>::value ==
                symmetric.value);
}

TEST_CASE("numbers are constants of a lambda and arguments of expressions", "[source]") {
  constexpr auto make = [] { return x + 2.5; };
  using of_lambda = detail::lambda_source<std::remove_const_t<decltype(make)>>;
  constexpr auto const& constant = program_of<of_lambda>;
  static_assert(constant.arguments.size() == 1 && constant.arguments[0].name == "x");
  CHECK(std::any_of(constant.nodes.begin(), constant.nodes.end(),
                    [](ir::node const& n) { return n.is(ir::code<op::constant>); }));
  using sum = std::remove_const_t<decltype(make())>;
  using of_expression = detail::expression_source<expressions<sum>>;
  static_assert(of_expression::literal_count == 1 && of_lambda::literal_count == 0);
  constexpr auto const& argument = program_of<of_expression>;
  static_assert(argument.arguments.size() == 2);
  static_assert(argument.arguments[0].name.empty());
  static_assert(argument.arguments[1].name == "x");
  CHECK(std::none_of(argument.nodes.begin(), argument.nodes.end(),
                     [](ir::node const& n) { return n.is(ir::code<op::constant>); }));
  static_assert(detail::check_lowered<of_lambda>() && detail::check_lowered<of_expression>());
}

TEST_CASE("the policy of a program reaches its derivatives, and traps its counters", "[source]") {
  using watched = detail::expression_source<expressions<decltype(abs(x))>,
                                            std::remove_const_t<decltype(trap)>>;
  static_assert(program_of<watched>.traps.size() == 1);
  static_assert(program_of<watched>.result_count == 1);
  using plain = detail::expression_source<expressions<decltype(abs(x))>>;
  static_assert(program_of<plain>.traps.empty());
  using stops = detail::lambda_source<decltype([] { return abs(x); }),
                                      std::remove_const_t<decltype(trap_and_stop)>>;
  static_assert(program_of<stops>.traps[0].stops);
}
