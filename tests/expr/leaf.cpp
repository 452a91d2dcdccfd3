// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/leaf.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <type_traits>
#include <utility>
#include <vector>

using namespace ramp;

namespace {

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 2, 2>;

/// What an expression asks of the graph that it is added to.
struct recorder {
  constexpr ir::argument argument(ir::argument const& a) { return a; }
};

template <class Leaf>
ir::argument asked_by(Leaf const&) {
  recorder r;
  return Leaf::lower(r, 0);
}

}  // namespace

TEST_CASE("a leaf is an argument with a name, a role and a shape", "[expr]") {
  using kind = ir::argument_kind;
  CHECK(asked_by(x) == ir::argument{"x", kind::variable, {}, 0});
  CHECK(asked_by(variable<"t", 2, 1, 4, 3>) ==
        ir::argument{"t", kind::variable, shape(2, 1, 4, 3), 0});
  CHECK(asked_by(input<"image", 784>) == ir::argument{"image", kind::input, shape(784), 0});
  CHECK(asked_by(parameter<"w", 4, 2>) == ir::argument{"w", kind::parameter, shape(4, 2), 0});
  CHECK(asked_by(class_label<"label", 10>) == ir::argument{"label", kind::label, {}, 10});
  CHECK(asked_by(hyperparameter<"beta">) == ir::argument{"beta", kind::number, {}, 0});
  static_assert(decltype(variable<"t", 2, 1, 4, 3>)::element_count == 24);
  static_assert(decltype(x)::element_count == 1);
  static_assert(std::is_empty_v<std::remove_const_t<decltype(v)>>);
}

TEST_CASE("leaves are told apart by their names and roles", "[expr]") {
  CHECK(decltype(variable<"a">)::identity != decltype(variable<"b">)::identity);
  CHECK(decltype(variable<"a">)::identity != decltype(input<"a">)::identity);
  CHECK(decltype(input<"a">)::identity != decltype(parameter<"a">)::identity);
  static_assert(detail::is_leaf<std::remove_const_t<decltype(v)>>);
  static_assert(!detail::is_leaf<literal>);
}

TEST_CASE("a binding refers to an lvalue and owns a temporary", "[expr]") {
  std::array<double, 3> numbers{1, 2, 3};
  auto const lent = (v = numbers);
  CHECK(&lent.value == &numbers);
  std::array<double, 3> const fixed{4, 5, 6};
  auto const read = (v = fixed);
  CHECK(&read.value == &fixed);
  static_assert(std::is_same_v<decltype(read.value), std::array<double, 3> const&>);
  auto const owned = (v = std::array{7.0, 8.0, 9.0});
  static_assert(std::is_same_v<decltype(owned.value), std::array<double, 3>>);
  CHECK(owned.value[2] == 9);
  std::vector<double> moved{1, 2, 3};
  double const* const memory = moved.data();
  CHECK((v = std::move(moved)).value.data() == memory);
  static_assert(std::is_same_v<decltype(x = 0.5f)::leaf, std::remove_const_t<decltype(x)>>);
  CHECK((x = 0.5f).value == 0.5f);
  static_assert(detail::is_binding<decltype(x = 1)> && !detail::is_binding<decltype(x)>);
}

TEST_CASE("a braced list is bound as an array", "[expr]") {
  auto const whole = (v = {1, 2, 3});
  static_assert(std::is_same_v<decltype(whole.value), std::array<int, 3>>);
  CHECK(whole.value == std::array{1, 2, 3});
  CHECK((m = {1.5, 2.5, 3.5, 4.5}).value == std::array{1.5, 2.5, 3.5, 4.5});
  // of several types
  float const half = 0.5f;
  auto const mixed = (v = {half, 2, 3.25});
  static_assert(std::is_same_v<decltype(mixed.value), std::array<double, 3>>);
  CHECK(mixed.value == std::array{0.5, 2.0, 3.25});
  CHECK((m = {1, 2.0, 3u, 4.0f}).value == std::array{1.0, 2.0, 3.0, 4.0});
  static_assert((x = {2}).value[0] == 2);
}

TEST_CASE("names are joined with what stands behind them", "[expr]") {
  constexpr auto joined = detail::concatenated(fixed_string("layer"), fixed_string(".weight"));
  CHECK(joined.view() == "layer.weight");
  static_assert(std::is_same_v<decltype(joined), fixed_string<13> const>);
  CHECK(detail::concatenated(fixed_string(""), fixed_string("a")).view() == "a");
  CHECK(detail::concatenated(fixed_string("a"), fixed_string("")).view() == "a");
}
