// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/expression.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

using namespace ramp;

namespace {

struct first_of {
  static constexpr shape result(shape const& a, shape const&) { return a; }
};
struct last_of {
  static constexpr shape result(shape const&, shape const& b) { return b; }
};

/// An expression of a shape of its own, without numbers.
template <int Extent>
struct tensor_of {
  using expression_tag = void;
  static constexpr shape shape_of{Extent};
  static constexpr int literal_count = 0;
  static constexpr std::uint64_t identity = 100 + Extent;
  [[no_unique_address]] detail::numbers<0> literals;
};

template <class A, class B>
constexpr auto first(A const& a, B const& b) {
  return operation<first_of, A, B>{detail::joined(a.literals, b.literals)};
}

constexpr literal number(double x) { return {{{x}}}; }

/// Writes down what expressions ask of the graph that they are added to.
struct recorder {
  std::string asked;
  int literal(int i) {
    asked += "literal " + std::to_string(i) + "; ";
    return i;
  }
  template <class Function, class... Operands>
  int function(int first) {
    asked += "function of " + std::to_string(sizeof...(Operands)) + "; ";
    return (Operands::lower(*this, std::exchange(first, first + Operands::literal_count)), ...);
  }
};

}  // namespace

TEST_CASE("what has the tag is an expression, however it is referred to", "[expr]") {
  static_assert(expression<literal> && expression<literal const&>);
  static_assert(expression<operation<first_of, literal, literal>>);
  static_assert(!expression<double> && !expression<expressions<literal>>);
}

TEST_CASE("numbers are kept in the order in which they were written", "[expr]") {
  constexpr auto all = detail::joined(detail::numbers<2>{{1, 2}}, detail::numbers<0>{},
                                      detail::numbers<1>{{3}}, detail::numbers<2>{{4, 5}});
  CHECK(all.at == std::array{1.0, 2.0, 3.0, 4.0, 5.0});
  CHECK(detail::part_of<1, 3>(all).at == std::array{2.0, 3.0, 4.0});
  CHECK(detail::part_of<4, 1>(all).at == std::array{5.0});
  static_assert(std::is_empty_v<decltype(detail::part_of<5, 0>(all))>);
  static_assert(std::is_empty_v<decltype(detail::joined(detail::numbers<0>{}))>);
  constexpr auto nested = first(first(number(1), tensor_of<2>{}), first(number(2), number(3)));
  CHECK(nested.literals.at == std::array{1.0, 2.0, 3.0});
}

TEST_CASE("an expression holds its numbers and nothing else", "[expr]") {
  constexpr auto once = first(tensor_of<2>{}, tensor_of<3>{});
  constexpr auto twice = first(once, once);
  constexpr auto often = first(first(twice, twice), first(twice, twice));
  static_assert(std::is_empty_v<std::remove_const_t<decltype(often)>>);
  static_assert(decltype(often)::literal_count == 0);
  constexpr auto scaled = first(number(2), first(once, number(3)));
  static_assert(sizeof(scaled) == 2 * sizeof(double));
  static_assert(decltype(scaled)::literal_count == 2);
}

TEST_CASE("the shape of a function is what the function says", "[expr]") {
  static_assert(operation<first_of, tensor_of<2>, tensor_of<3>>::shape_of == shape(2));
  static_assert(operation<last_of, tensor_of<2>, tensor_of<3>>::shape_of == shape(3));
  static_assert(literal::shape_of == shape());
}

TEST_CASE("hashes tell functions and the order of operands apart", "[expr]") {
  using ab = operation<first_of, tensor_of<2>, tensor_of<3>>;
  CHECK(ab::identity != operation<first_of, tensor_of<3>, tensor_of<2>>::identity);
  CHECK(ab::identity != operation<last_of, tensor_of<2>, tensor_of<3>>::identity);
  CHECK(ab::identity != operation<first_of, tensor_of<2>, ab>::identity);
  CHECK(detail::hash_of_type<first_of>() != detail::hash_of_type<last_of>());
  CHECK(&detail::address_of_type<first_of> != &detail::address_of_type<last_of>);
  CHECK(&detail::address_of_type<ab> == &detail::address_of_type<decltype(ab{})>);
}

TEST_CASE("a list of expressions is taken apart with the numbers of each", "[expr]") {
  constexpr auto list = detail::list_of(number(1), tensor_of<2>{}, first(number(2), number(3)));
  static_assert(detail::is_expressions<std::remove_const_t<decltype(list)>>);
  static_assert(!detail::is_expressions<literal>);
  static_assert(decltype(list)::size == 3 && decltype(list)::literal_count == 3);
  auto const [a, b, c] = list;
  CHECK(a.literals.at[0] == 1);
  static_assert(std::is_same_v<decltype(b), tensor_of<2> const>);
  CHECK(c.literals.at == std::array{2.0, 3.0});
  CHECK(list[std::integral_constant<int, 2>{}].literals.at == std::array{2.0, 3.0});
  CHECK(get<0>(list).literals.at[0] == 1);
  static_assert(std::tuple_size_v<std::remove_const_t<decltype(list)>> == 3);
}

TEST_CASE("an operation hands on where its numbers begin", "[expr]") {
  recorder r;
  using inner = operation<first_of, literal, literal>;
  operation<last_of, literal, inner>::lower(r, 4);
  CHECK(r.asked == "function of 2; literal 4; function of 2; literal 5; literal 6; ");
}
