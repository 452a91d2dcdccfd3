// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/constant.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <type_traits>

using namespace ramp;
using namespace ramp::literals;

namespace {

/// What an expression asks of the graph that it is added to.
struct recorder {
  constexpr double number(double x) { return x; }
};

/// A decimal from its characters, without the zero at the end.
template <std::size_t Count>
constexpr detail::decimal parse(char const (&text)[Count]) {
  char characters[Count - 1]{};
  for (std::size_t i = 0; i + 1 < Count; ++i) characters[i] = text[i];
  return detail::decimal::parse(characters);
}

}  // namespace

TEST_CASE("a constant is an expression whose type is its number", "[expr]") {
  static_assert(expression<decltype(constant<0.5>)>);
  static_assert(std::is_empty_v<constant_expression<0.5>>);
  static_assert(std::is_same_v<decltype(0.5_c), constant_expression<0.5>>);
  static_assert(decltype(0.5_c)::literal_count == 0);
  static_assert(decltype(0.5_c)::shape_of == shape());
  recorder r;
  CHECK(constant_expression<-0.25>::lower(r, 7) == -0.25);
}

TEST_CASE("constants are told apart by their bits", "[expr]") {
  CHECK(constant_expression<0.5>::identity != constant_expression<0.25>::identity);
  CHECK(constant_expression<0.0>::identity != constant_expression<-0.0>::identity);
  static_assert(!std::is_same_v<constant_expression<0.0>, constant_expression<-0.0>>);
}

TEST_CASE("a literal in a decimal type is correctly rounded", "[expr]") {
  CHECK(decltype(0.1_c)::value == 0.1);
  CHECK(decltype(1e-5_c)::value == 1e-5);
  CHECK(decltype(123456.789_c)::value == 123456.789);
  CHECK(decltype(1'000.5e3_c)::value == 1000.5e3);
  CHECK(decltype(7_c)::value == 7.0);
  CHECK(decltype(0.3_c)::value == 0.3);
  CHECK(decltype(5E-3_c)::value == 0.005);
  CHECK(decltype(1e+2_c)::value == 100.0);
  CHECK(decltype(1e22_c)::value == 1e22);
  CHECK(decltype(9.87654321098765e-8_c)::value == 9.87654321098765e-8);
  CHECK(decltype(010_c)::value == 10.0);  // decimal, whatever it begins with
}

TEST_CASE("a decimal is valid where one rounding gives its value", "[expr]") {
  static_assert(parse("999999999999999").valid);
  static_assert(parse("9007199254740992").valid);  // 2^53
  static_assert(!parse("9007199254740993").valid);
  static_assert(!parse("0.33333333333333333333").valid);
  static_assert(parse("1e-22").valid && !parse("1e-23").valid);
  static_assert(parse("1e22").valid && !parse("1e23").valid);
  // places behind the point count as an exponent
  static_assert(parse("0.5e23").valid && !parse("0.5e-22").valid);
  static_assert(!parse("0x1p3").valid);
  static_assert(!parse("1.5f").valid);
  // however large
  static_assert(!parse("1e99999999999").valid);
  static_assert(!parse("1e-99999999999").valid);
  static_assert(!parse("100000000000000000000000000").valid);
}
