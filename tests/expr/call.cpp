// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/call.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <type_traits>

#include <ramp/expr/leaf.hpp>

using namespace ramp;
using detail::builder;

namespace {

/// a + b of equal shapes.
struct added {
  static constexpr shape result(shape const& a, shape const&) { return a; }
  static constexpr bool accepts(shape const& a, shape const& b) { return a == b; }
  static constexpr ir::value build(builder& b, std::array<ir::value, 2> const& operands) {
    return b.apply<op::add>(operands[0], operands[1]);
  }
};

/// Of any shape, and with a policy of its own.
struct ramped {
  using policy = std::remove_const_t<decltype(symmetric)>;
  static constexpr shape result(shape const& a) { return a; }
  static constexpr ir::value build(builder& b, std::array<ir::value, 1> const& operands) {
    return b.elementwise(ir::code<op::relu>, policy::value, operands);
  }
};

symbol argument(builder& b, shape const& s) {
  b.graph.arguments.push_back({"", ir::argument_kind::variable, s, 0});
  int const number = static_cast<int>(b.graph.arguments.size()) - 1;
  return {b, ir::value_of(b.graph, b.graph.argument_node(number))};
}

}  // namespace

TEST_CASE("what may stand in a formula", "[expr]") {
  static_assert(detail::number<double> && detail::number<float> && detail::number<int>);
  static_assert(detail::number<unsigned char> && detail::number<std::int64_t>);
  static_assert(!detail::number<bool> && !detail::number<char> && !detail::number<char8_t>);
  static_assert(!detail::number<wchar_t> && !detail::number<char16_t>);
  static_assert(!detail::number<char32_t> && !detail::number<int*>);
  static_assert(operand<symbol> && operand<symbol const&> && operand<literal>);
  static_assert(!operand<double> && detail::is_expression_or_number<double>);
  static_assert(!detail::is_expression_or_number<char const*>);
}

TEST_CASE("a function of expressions is one that holds their numbers", "[expr]") {
  constexpr auto x = variable<"x">;
  constexpr auto made = detail::call<added>(detail::call<added>(2, x), 3.5f);
  static_assert(std::is_same_v<decltype(detail::call<added>(x, x)),
                               operation<added, std::remove_const_t<decltype(x)>,
                                         std::remove_const_t<decltype(x)>>>);
  static_assert(decltype(made)::literal_count == 2);
  CHECK(made.literals.at == std::array{2.0, 3.5});
}

TEST_CASE("a function of traced values is computed at once", "[expr]") {
  builder b;
  symbol const v = argument(b, shape(3));
  CHECK(v.extents() == shape(3));
  CHECK(&v.graph_builder() == &b);
  symbol const twice = detail::call<added>(v, v);
  CHECK(&twice.graph_builder() == &b);
  CHECK(twice.extents() == shape(3));
  CHECK_FALSE(b.faults.shapes.found);
  CHECK(twice.graph_value().index == b.graph.size() - 1);
  CHECK(b.graph[detail::call<ramped>(v).graph_value().index].policy == symmetric.value);
}

TEST_CASE("numbers and constants beside a traced value are constants", "[expr]") {
  builder b;
  symbol const x = argument(b, {});
  auto const adds = [&](symbol const& made, double number) {
    ir::node const& n = b.graph[made.graph_value().index];
    return n.is(ir::code<op::add>) && (b.graph.is_constant(n.operand[0], number) ||
                                       b.graph.is_constant(n.operand[1], number));
  };
  CHECK(adds(detail::call<added>(3, x), 3.0));
  CHECK(adds(detail::call<added>(x, 0.5f), 0.5));
  CHECK(adds(detail::call<added>(constant<-0.25>, x), -0.25));
  CHECK(b.graph.arguments.size() == 1);
}

TEST_CASE("shapes that do not fit are told once, by what tells them apart", "[expr]") {
  builder b;
  symbol const m = argument(b, shape(2, 3));
  symbol const n = argument(b, shape(2, 4));
  symbol const v = argument(b, shape(2));
  int const before = b.graph.size();
  CHECK(detail::call<added>(m, n).graph_value().index == m.graph_value().index);
  CHECK(b.graph.size() == before);
  CHECK(b.faults.shapes.found);
  CHECK(b.faults.shapes.left == 3);
  CHECK(b.faults.shapes.right == 4);
  (void)detail::call<added>(m, v);  // the first of the faults stays
  CHECK(b.faults.shapes.left == 3);
  auto const ranks = detail::difference_of(shape(5, 6), shape(5));
  CHECK(ranks.found);
  CHECK(ranks.left == 2);
  CHECK(ranks.right == 1);
}
