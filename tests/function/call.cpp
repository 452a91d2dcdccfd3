// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/call.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using namespace ramp;
using detail::call_checks;
using detail::elements_of;

namespace {

constexpr auto x = variable<"x">;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto other = variable<"other">;

/// Two results of a number, a matrix and a number without a name.
struct two_results {
  template <bool = false>
  static constexpr lowered lower() {
    lowered l;
    l.graph.arguments = {{"", ir::argument_kind::number, {}, 0},
                         {"x", ir::argument_kind::variable, {}, 0},
                         {"m", ir::argument_kind::variable, shape(2, 3), 0}};
    l.roots = {{lowered_kind::value, l.graph.argument_node(1), -1, {}},
               {lowered_kind::value, l.graph.argument_node(2), -1, shape(2, 3)}};
    return l;
  }
};
template <class... Bindings>
using checks = call_checks<two_results, double, Bindings...>;

/// Fills elements of a type from a value, and says whether they are the value's own.
template <class T, int Count, class V>
bool reads_in_place(V const& v, std::array<T, Count> const& expected) {
  elements_of<T, Count> read;
  read.read(v);
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(read.pointer[i] == expected[i]);
  return read.pointer != read.copy.data();
}

constexpr float sum_of_nested = [] {
  int const nested[2][2] = {{1, 2}, {3, 4}};
  elements_of<float, 4> read;
  read.read(nested);
  return read.pointer[0] + 10 * read.pointer[3];
}();
static_assert(sum_of_nested == 41);

}  // namespace

TEST_CASE("elements of the type that is computed in are read where they are", "[function]") {
  std::array<double, 2> const exact{1.5, -2};
  CHECK(reads_in_place<double, 2>(exact, {1.5, -2}));
  CHECK(reads_in_place<double, 2>(std::vector<double>{1.5, -2}, {1.5, -2}));
  CHECK(reads_in_place<double, 2>(std::span<double const>(exact), {1.5, -2}));
  CHECK(reads_in_place<float, 2>(tensor<float, 1, 2>{1.5f, -2}, {1.5f, -2}));
}

TEST_CASE("elements of another type, nested ones and numbers are copied", "[function]") {
  CHECK_FALSE(reads_in_place<float, 2>(std::array<double, 2>{1.5, -2}, {1.5f, -2}));
  CHECK_FALSE(reads_in_place<double, 3>(std::vector<std::uint8_t>{255, 0, 7}, {255, 0, 7}));
  CHECK_FALSE(reads_in_place<double, 1>(0.25, {0.25}));
  CHECK_FALSE(reads_in_place<double, 1>(3, {3}));
  double const raw[2][3] = {{1, 2, 3}, {4, 5, 6}};
  CHECK_FALSE(reads_in_place<double, 6>(raw, {1, 2, 3, 4, 5, 6}));
  std::array<std::array<double, 2>, 2> const nested{{{1, 2}, {3, 4}}};
  CHECK_FALSE(reads_in_place<double, 4>(nested, {1, 2, 3, 4}));
}

TEST_CASE("a call keeps each binding under its name or place", "[function]") {
  std::array<double, 6> memory{};
  using of_name = detail::slot<float, decltype(m = memory)>;
  static_assert(std::is_same_v<of_name::key, detail::named<"m">>);
  static_assert(std::is_same_v<of_name::elements, elements_of<float, 6>>);
  constexpr auto wide = variable<"wide", 5, 7>;
  using of_wide = detail::slot<float, decltype(wide = std::declval<std::vector<float>&>())>;
  static_assert(std::is_same_v<of_wide::elements, elements_of<float, 35>>);
  using of_number = detail::slot<double, decltype(x = 0.5)>;
  static_assert(std::is_same_v<of_number::elements, elements_of<double, 1>>);
  using of_output = detail::slot<double, decltype(output_at<1> = memory)>;
  static_assert(std::is_same_v<of_output::key, output_place<1>>);
  static_assert(std::is_empty_v<of_output::elements>);
  of_output::elements::read(output_at<1> = memory);
  CHECK(memory == std::array<double, 6>{});
}

TEST_CASE("names are counted, and one without a name is bound already", "[function]") {
  using number = decltype(x = 0.5);
  using matrix = decltype(m = std::array<double, 6>{});
  using all = checks<number, matrix>;
  static_assert(all::times("x") == 1 && all::times("m") == 1 && all::times("other") == 0);
  static_assert(all::bound(0) && all::bound(1) && all::bound(2));
  static_assert(checks<number>::bound(0) && checks<number>::bound(1));
  static_assert(!checks<number>::bound(2) && !checks<>::bound(1) && checks<>::bound(0));
  static_assert(checks<number, number>::times("x") == 2);
  static_assert(all::known<number>() && all::known<matrix>());
  static_assert(!all::known<decltype(other = 1.0)>());
  // a place for a result is no name
  static_assert(checks<decltype(output = std::declval<double&>())>::times("") == 0);
}

TEST_CASE("bindings fit by size, or will be looked at when the size is known", "[function]") {
  using flat = decltype(m = std::array<int, 6>{});
  using nested = decltype(m = std::declval<double const (&)[2][3]>());
  using dynamic = decltype(m = std::declval<std::vector<double>&>());
  static_assert(checks<flat>::fits<flat>());
  static_assert(checks<nested>::fits<nested>());
  static_assert(checks<dynamic>::fits<dynamic>());
  static_assert(checks<decltype(x = 1)>::fits<decltype(x = 1)>());
}

TEST_CASE("places for results fit by number, type and size", "[function]") {
  using first = decltype(output = std::declval<double&>());
  using second = decltype(output_at<1> = std::declval<std::array<double, 6>&>());
  using dynamic = decltype(output_at<1> = std::declval<std::span<double>>());
  static_assert(checks<first, second>::fits<first>());
  static_assert(checks<first, second>::fits<second>());
  static_assert(checks<dynamic>::fits<dynamic>());
  static_assert(checks<first, second>::times_written<0> == 1);
  static_assert(checks<first, second>::times_written<2> == 0);
  static_assert(checks<second, dynamic>::times_written<1> == 2);
  static_assert(detail::is_result<1, 2> && !detail::is_result<2, 2>);
}

TEST_CASE("a class label is looked at, and nothing else is", "[function]") {
  constexpr auto kind = class_label<"kind", 3>;
  error wrong;
  static_assert(!detail::binds_label<decltype(x = 7)>);
  static_assert(!detail::binds_label<decltype(output = std::declval<double&>())>);
  static_assert(detail::binds_label<decltype(kind = 7)>);
  CHECK(detail::check_class(x = 7, wrong));
  CHECK(detail::check_class(kind = 2, wrong));
  CHECK(detail::check_class(kind = std::array<std::array<short, 1>, 1>{{{1}}}, wrong));
  CHECK(wrong == error{});
  CHECK_FALSE(detail::check_class(kind = std::vector<int>{7}, wrong));
  CHECK(wrong == error{.kind = error_kind::label_out_of_range,
                       .name = "kind",
                       .expected = 3,
                       .actual = 7});
}
